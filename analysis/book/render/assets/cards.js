// Cards of numbers: what a number is, how it was got, which rows it rests on. The page reads the same without them.
//
// The data stand in the page, packed as packing.py tells: words; phrases and texts, each the places of its parts in base 36; sources [title, retrieved];
// tables by columns: series (table, name, unit, source, locator, status), rows (series, row, category, place, year, value), numbers (formula, unit, rows, exact value if any).
// Everything is named by its place: «0-2,7» are rows 0, 1, 2 and 7, «@5» those of number 5. The page names a number by its place, an observation as it stands by its row, «r7».
(function () {
  "use strict";
  var holder = document.getElementById("quantities");
  if (!holder) return;
  var data = JSON.parse(holder.textContent);
  var words = data.words.split(" ");
  var runs = data.phrases.split(",").filter(Boolean);
  var phrases = [];
  function spelled(places) {
    return places.split(" ").map(function (place) {
      var at = parseInt(place, 36);
      return at < runs.length ? phrases[at] : words[at - runs.length];
    }).join(" ");
  }
  runs.forEach(function (run) { phrases.push(spelled(run)); });
  var texts = data.texts.split(",").map(spelled);

  function table(columns, plain) {
    // Rows of a table by columns. A number is told by how much it is more than the one above; the last columns are plain text.
    var read = columns.map(function (column, at) {
      var sum = 0;
      return column.split(";").map(function (step) { return at < columns.length - plain ? sum += Number(step) : step; });
    });
    return read[0].map(function (_, at) { return read.map(function (column) { return column[at]; }); });
  }
  var allSeries = table(data.series, 0);
  var allRows = table(data.rows, 1);
  var numbers = table(data.numbers, 2);
  function isDatum(element) { return element.dataset.q[0] === "r"; }
  var FEW = 4;
  var card = null;
  var asked = null;
  var pinned = false;
  var timer = 0;

  document.querySelectorAll("[data-q]").forEach(function (element) {
    if (!isDatum(element) && !numbers[element.dataset.q]) return;
    element.classList.add("asked");
    element.tabIndex = 0;
    element.setAttribute("role", "button");
    element.setAttribute("aria-expanded", "false");
    if (!/\d/.test(element.textContent)) element.dataset.words = "";
  });

  function make(tag, className, text) {
    var element = document.createElement(tag);
    if (className) element.className = className;
    if (text) element.textContent = text;
    return element;
  }

  function rowsOf(span) {
    var found = [];
    if (span[0] === "@") span = numbers[span.slice(1)][2];
    (span ? span.split(",") : []).forEach(function (run) {
      var ends = run.split("-").map(Number);
      for (var at = ends[0]; at <= ends[ends.length - 1]; at++) found.push(allRows[at]);
    });
    return found;
  }

  function rowLink(table, row) {
    // The published table lies beside the pages; its row has an anchor.
    return "data/" + (/\/codes\//.test(table) ? "codes-" : "") + table.split("/").pop().replace(/\.csv$/, "") + ".html" + (row ? "#r" + row : "");
  }

  function observation(row) {
    var item = make("li");
    var series = allSeries[row[0]];
    var table = texts[series[0]];
    var name = [texts[series[1]], texts[row[2]]].filter(Boolean).join(": ");
    var where = [texts[row[3]], row[4] || ""].filter(Boolean).join(", ");
    item.append(name + (where ? " (" + where + ")" : ""));
    if (row[5]) item.append(" – ", make("span", "card-number", (row[5] + " " + texts[series[2]]).trim()));
    var source = data.sources[series[3]];
    var told = [source[0], texts[series[4]], texts[series[5]], source[1] && "получено " + source[1]].filter(Boolean).join("; ");
    var small = make("small", "", told ? told + ". " : "");
    var link = make("a", "", row[1] ? "Строка " + row[1] + " таблицы" : "Таблица");
    link.href = rowLink(table, row[1]);
    link.title = table;
    small.append(link);
    item.append(small);
    return item;
  }

  function filled(element) {
    var plain = isDatum(element);
    var number = numbers[element.dataset.q];
    var rows = rowsOf(plain ? element.dataset.q.slice(1) : number[2]);
    var made = make("div", "card");
    made.id = "number-card";
    made.setAttribute("role", "dialog");
    made.setAttribute("aria-label", "Откуда это число");
    var head = make("div", "card-head");
    var printed = element.textContent.replace(/[ \n\t]+/g, " ").trim();
    head.append(make("span", "card-value", printed));
    var close = make("button", "card-close", "×");
    close.type = "button";
    close.setAttribute("aria-label", "Закрыть");
    close.addEventListener("click", function () { shut(true); });
    head.append(close);
    made.append(head);
    if (plain) {
      made.append(make("p", "card-label", "Наблюдение, без пересчета."));
    } else {
      var formula = make("p");
      formula.append(make("span", "card-label", "Как получено: "), texts[number[0]]);
      if (number[3])
        formula.append(" = ", make("span", "card-number", (number[3] + " " + texts[number[1]]).trim()));
      if (number[3][0] === "−" && !/−/.test(printed) && /\d/.test(printed)) formula.append("; в тексте без знака");
      made.append(formula);
    }
    if (rows.length) {
      var list = make("ul");
      rows.slice(0, rows.length > FEW + 1 ? FEW : rows.length).forEach(function (row) { list.append(observation(row)); });
      made.append(list);
      if (list.children.length < rows.length) {
        var more = make("button", "card-more", "Еще " + (rows.length - FEW));
        more.type = "button";
        more.addEventListener("click", function () {
          rows.slice(FEW).forEach(function (row) { list.append(observation(row)); });
          list.children[FEW].querySelector("a").focus();
          more.remove();
          place();
        });
        made.append(more);
      }
    }
    return made;
  }

  function place() {
    if (!card || window.matchMedia("(max-width: 36rem)").matches) return;
    var box = asked.getClientRects()[0];
    if (!box) return;
    var gap = 6, edge = 8;
    card.style.maxHeight = "";
    var width = card.offsetWidth, height = card.offsetHeight;
    var left = Math.min(Math.max(edge, box.left), Math.max(edge, document.documentElement.clientWidth - width - edge));
    var below = window.innerHeight - edge - box.bottom - gap, above = box.top - gap - edge;
    var down = height <= below || below >= above;
    height = Math.min(height, Math.max(down ? below : above, 96));
    card.style.left = left + "px";
    card.style.maxHeight = height + "px";
    card.style.top = Math.max(edge, Math.min(down ? box.bottom + gap : box.top - gap - height, window.innerHeight - edge - height)) + "px";
  }

  function open(element, pin) {
    clearTimeout(timer);
    if (asked !== element) {
      shut(false);
      asked = element;
      card = filled(element);
      element.after(card);
      if (card.showPopover) {
        // The top layer: neither a scrolling table nor a sticky head covers the card.
        card.popover = "manual";
        card.showPopover();
      }
      element.setAttribute("aria-expanded", "true");
      element.setAttribute("aria-controls", card.id);
      element.setAttribute("aria-describedby", card.id);
      place();
    }
    pinned = pinned || Boolean(pin);
  }

  function shut(back) {
    clearTimeout(timer);
    if (!card) return;
    var element = asked;
    card.remove();
    card = asked = null;
    pinned = false;
    element.setAttribute("aria-expanded", "false");
    element.removeAttribute("aria-controls");
    element.removeAttribute("aria-describedby");
    if (back) {
      silent = true;
      element.focus({ preventScroll: true });
      silent = false;
    }
  }

  var silent = false;
  var wasOpen = null;

  function number(event) {
    return event.target instanceof Element ? event.target.closest(".asked") : null;
  }

  document.addEventListener("pointerover", function (event) {
    if (event.pointerType !== "mouse") return;
    if (card && card.contains(event.target)) return clearTimeout(timer);
    var element = number(event);
    if (!element || element === asked) return element && clearTimeout(timer);
    if (pinned) return;
    clearTimeout(timer);
    timer = setTimeout(function () { open(element, false); }, 200);
  });
  document.addEventListener("pointerout", function (event) {
    if (event.pointerType !== "mouse" || pinned) return;
    if (!number(event) && !(card && card.contains(event.target))) return;
    clearTimeout(timer);
    timer = setTimeout(function () { if (!card || !card.contains(document.activeElement)) shut(false); }, 300);
  });
  document.addEventListener("pointerdown", function (event) {
    var element = number(event);
    wasOpen = element && element === asked && pinned ? element : null;
    if (card && !element && !card.contains(event.target)) shut(false);
  });
  document.addEventListener("click", function (event) {
    var element = number(event);
    if (!element) return;
    if (wasOpen === element) shut(true);
    else open(element, true);
    wasOpen = null;
  });
  document.addEventListener("focusin", function (event) {
    if (silent) return;
    var element = number(event);
    if (element) open(element, false);
    else if (card && !card.contains(event.target)) shut(false);
  });
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && card) {
      event.preventDefault();
      shut(true);
      return;
    }
    var element = number(event);
    if (element && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      if (element === asked && pinned) shut(true);
      else open(element, true);
    }
  });
  window.addEventListener("resize", function () { shut(false); });
  document.addEventListener("scroll", function (event) {
    if (!card || card.contains(event.target)) return;
    if (pinned || card.contains(document.activeElement) || asked === document.activeElement) place();
    else shut(false);
  }, true);
})();
