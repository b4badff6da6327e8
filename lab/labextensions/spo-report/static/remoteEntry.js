/*
 * The values of inline expressions in the Markdown cells of JupyterLab.
 *
 * Source and built file in one: JupyterLab loads a federated extension as an object with `init` and `get`, and that
 * needs no bundler. Of JupyterLab itself only what it shares is used: the tracker of notebooks and the news that a
 * cell has run.
 *
 * What a cell is to show the kernel says: `analysis.base.desk_prose.cell` fills in the Markdown, and the cell's own
 * renderer shows it, sanitized as any Markdown. Nothing is put into the model of the notebook, so nothing of it can be
 * saved.
 */
(() => {
  'use strict';

  const NAME = 'spo-report';
  const HERE = new URL('.', document.currentScript.src).href;
  const MARKDOWN = 'text/markdown';
  // What makes a cell worth asking about; which of these are expressions the kernel decides.
  const SIGN = '`{python}';

  /** What the kernel evaluates: a text as JSON writes it is one of Python too. */
  const request = (text, reached) =>
    `__import__('analysis.base.desk_prose', fromlist=['cell']).cell(${JSON.stringify(text)}, ${Number(reached)})`;

  const source = cell => cell.model.sharedModel.getSource();

  /** Shows values in one notebook. */
  class Values {
    constructor(panel) {
      this.panel = panel;
      this.notebook = panel.content;
      this.run = new Set(); // models of code cells run by this kernel
      this.watched = new WeakSet(); // cells whose rendering is ours
      this.known = new WeakMap(); // by cell: its text, and what is to be shown in place of it
      this.asking = this.again = false;
      panel.sessionContext.kernelChanged.connect((_, { oldValue }) => {
        if (oldValue) {
          this.forget();
        }
        this.ask();
      });
      panel.sessionContext.statusChanged.connect((_, status) => {
        if (status === 'restarting' || status === 'autorestarting') {
          this.forget();
        }
      });
      this.notebook.model?.cells.changed.connect(() => this.ask());
      this.ask();
    }

    /** What was known is of a kernel that is no more: the expressions come back. */
    forget() {
      this.run.clear();
      for (const cell of this.prose()) {
        if (this.known.delete(cell)) {
          this.draw(cell);
        }
      }
    }

    /** A cell has been run; what follows from it may be in any cell. */
    executed(cell) {
      if (cell.model.type === 'code') {
        this.run.add(cell.model);
      }
      this.ask();
    }

    /** The Markdown cells that hold expressions; on the way all of them are taken care of. */
    prose() {
      const cells = this.notebook.widgets.filter(cell => cell.model.type === 'markdown');
      cells.filter(cell => !this.watched.has(cell)).forEach(cell => this.watch(cell));
      return cells.filter(cell => source(cell).includes(SIGN));
    }

    /**
     * Have a cell show what is known of its text whenever JupyterLab renders it, and ask when it has been edited.
     *
     * Renderings of a cell wait for each other, so that the last one asked for is the one that stays.
     */
    watch(cell) {
      this.watched.add(cell);
      const { renderer } = cell;
      const render = renderer.renderModel.bind(renderer);
      let last = Promise.resolve();
      renderer.renderModel = model => {
        const { data, metadata, trusted } = model;
        last = last.then(() => {
          const known = this.known.get(cell);
          const text = known?.source === data[MARKDOWN] ? known.text : data[MARKDOWN];
          return render({ data: { ...data, [MARKDOWN]: text }, metadata, trusted }).catch(console.error);
        });
        return last;
      };
      cell.renderedChanged.connect((_, rendered) => rendered && this.ask());
    }

    /** Ask for all cells, one after another; what changes meanwhile lets it begin anew. */
    async ask() {
      this.again = true;
      if (this.asking) {
        return;
      }
      this.asking = true;
      while (this.again && !this.panel.isDisposed) {
        this.again = false;
        // All that is run in one go sends its requests before this one.
        await Promise.resolve();
        for (const cell of this.prose()) {
          await this.askFor(cell);
          if (this.again) {
            break;
          }
        }
      }
      this.asking = false;
    }

    /** Ask the kernel for one cell: between two cells it has time for what a person runs. */
    async askFor(cell) {
      const kernel = this.panel.sessionContext.session?.kernel;
      if (!kernel || cell.isDisposed) {
        return;
      }
      const asked = source(cell);
      try {
        const content = {
          code: '',
          silent: true,
          store_history: false,
          allow_stdin: false,
          user_expressions: { cell: request(asked, this.reached(cell)) }
        };
        const future = kernel.requestExecute(content);
        // Of a kernel that ran before this page was opened, the news that it is idle again may never come.
        const answer = new Promise(resolve => (future.onReply = resolve));
        const reply = (await Promise.race([answer, future.done])).content;
        const text = reply.user_expressions?.cell?.data?.['application/json'];
        if (typeof text === 'string' && kernel === this.panel.sessionContext.session?.kernel) {
          this.show(cell, asked, text);
        }
      } catch {
        // The kernel went away: the next one is asked when it has run something.
      }
    }

    /** Whether all code above a cell has been run by this kernel. */
    reached(cell) {
      for (const above of this.notebook.widgets) {
        if (above === cell) {
          return true;
        }
        if (above.model.type === 'code' && source(above).trim() && !this.run.has(above.model)) {
          return false;
        }
      }
      return true;
    }

    /** Keep what the kernel told of a text, and show it unless it is shown already. */
    show(cell, asked, text) {
      const before = this.known.get(cell);
      this.known.set(cell, { source: asked, text });
      if (source(cell) === asked && (before?.source !== asked || before.text !== text)) {
        this.draw(cell);
      }
    }

    /** Render a cell anew; one that was never in sight is rendered when it comes there. */
    draw(cell) {
      if (!cell.isDisposed && !cell.isPlaceholder()) {
        cell.renderer.renderModel({ data: { [MARKDOWN]: source(cell) }, metadata: {}, trusted: false });
      }
    }
  }

  const plugin = ({ INotebookTracker, NotebookActions }) => ({
    id: `${NAME}:values`,
    description: 'Values of inline expressions in Markdown cells.',
    autoStart: true,
    requires: [INotebookTracker],
    activate: (_, tracker) => {
      const values = new WeakMap(); // by notebook widget
      tracker.widgetAdded.connect(async (_, panel) => {
        await panel.context.ready;
        await panel.revealed;
        if (!panel.isDisposed) {
          values.set(panel.content, new Values(panel));
        }
      });
      NotebookActions.executed.connect((_, { notebook, cell }) => values.get(notebook)?.executed(cell));
    }
  });

  let scope;

  /** A module that JupyterLab shares. */
  const shared = async name => {
    const [version] = Object.values(scope[name]);
    return (await version.get())();
  };

  const modules = {
    './extension': async () => {
      const notebook = await shared('@jupyterlab/notebook');
      return { __esModule: true, default: plugin(notebook) };
    },
    './style': async () => {
      const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: `${HERE}style.css` });
      document.head.append(link);
      return {};
    }
  };

  (window._JUPYTERLAB ??= {})[NAME] = {
    init(given) {
      scope = given;
    },
    async get(name) {
      const module = await modules[name]();
      return () => module;
    }
  };
})();
