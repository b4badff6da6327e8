// Search of the book in the browser. Adds its own button; opens with «/».
// Nothing is fetched: the index and the stemmer are scripts loaded on first use.
(function () {
  "use strict";
  var WORD = /[0-9a-zа-яё]+/gi;
  var SHOWN = 30;
  var folder = document.currentScript.src.replace(/[^/]*$/, "");
  var root = folder.replace(/[^/]*\/$/, "");
  var dialog, input, state, list, index, stemmer, roots, loading;

  function normal(word) {
    return word.toLowerCase().replace(/ё/g, "е");
  }

  function stem(word) {
    return stemmer.stemWord(normal(word));
  }

  function script(name) {
    return new Promise(function (resolve, reject) {
      var element = document.createElement("script");
      element.src = folder + name;
      element.onload = resolve;
      element.onerror = reject;
      document.head.append(element);
    });
  }

  function load() {
    loading = loading || Promise.all([script("index.js"), script("russian-stemmer.js")]).then(function () {
      index = window.BOOK_SEARCH;
      stemmer = new window.RussianStemmer();
      roots = Object.keys(index.stems);
    });
    return loading;
  }

  // The roots a word of the query stands for; the last word may still be being typed.
  function matches(word, last) {
    var own = stem(word);
    var found = index.stems[own] ? [own] : [];
    if (last && word.length > 2) {
      roots.forEach(function (candidate) {
        if (candidate !== own && (candidate.startsWith(normal(word)) || candidate.startsWith(own))) found.push(candidate);
      });
    }
    return found;
  }

  function find(query) {
    var terms = query.match(WORD) || [];
    var hits = new Set();
    var scores = null;
    terms.forEach(function (word, position) {
      var found = matches(word, position === terms.length - 1);
      var here = new Map();
      found.forEach(function (candidate, rank) {
        hits.add(candidate);
        var postings = index.stems[candidate];
        var rarity = Math.log(1 + (2 * index.sections.length) / postings.length) * (rank ? 0.5 : 1);
        for (var i = 0; i < postings.length; i += 2) {
          here.set(postings[i], (here.get(postings[i]) || 0) + (1 + Math.log(postings[i + 1])) * rarity);
        }
      });
      if (scores === null) {
        scores = here;
        return;
      }
      scores.forEach(function (score, section) {
        if (here.has(section)) scores.set(section, score + here.get(section));
        else scores.delete(section);
      });
    });
    var ranked = Array.from(scores || []).sort(function (a, b) {
      return b[1] - a[1] || a[0] - b[0];
    });
    return { sections: ranked.map(function (pair) { return pair[0]; }), hits: hits };
  }

  // Appends text to an element with the found words marked; returns nothing.
  function mark(element, text, hits) {
    var end = 0;
    for (const match of text.matchAll(WORD)) {
      if (!hits.has(stem(match[0]))) continue;
      element.append(text.slice(end, match.index));
      var found = document.createElement("mark");
      found.textContent = match[0];
      element.append(found);
      end = match.index + match[0].length;
    }
    element.append(text.slice(end));
  }

  // The piece of a section that holds the most different words of the query.
  function snippet(text, hits) {
    var found = [];
    for (const match of text.matchAll(WORD)) {
      var own = stem(match[0]);
      if (hits.has(own)) found.push({ at: match.index, stem: own });
    }
    var at = 0, best = 0;
    found.forEach(function (first, position) {
      var near = new Set();
      for (var i = position; i < found.length && found[i].at < first.at + 140; i++) near.add(found[i].stem);
      if (near.size > best) {
        best = near.size;
        at = first.at;
      }
    });
    var from = at > 80 ? text.indexOf(" ", at - 80) + 1 : 0;
    var to = text.length > from + 240 ? text.lastIndexOf(" ", from + 240) : text.length;
    return (from ? "… " : "") + text.slice(from, to) + (to < text.length ? " …" : "");
  }

  function result(number, hits) {
    var section = index.sections[number];
    var page = index.pages[section[0]];
    var item = document.createElement("li");
    var link = document.createElement("a");
    link.href = root + page[0] + (section[1] ? "#" + section[1] : "");
    link.addEventListener("click", function () { dialog.close(); });
    var title = document.createElement("strong");
    mark(title, section[2] || page[1], hits);
    link.append(title);
    if (section[2] && section[2] !== page[1]) {
      var place = document.createElement("small");
      place.textContent = page[1];
      link.append(place);
    }
    var text = document.createElement("span");
    mark(text, snippet(section[3], hits), hits);
    link.append(text);
    item.append(link);
    return item;
  }

  function count(number) {
    var tens = number % 100, ones = number % 10;
    var word = tens > 10 && tens < 20 ? "мест" : ones === 1 ? "место" : ones > 1 && ones < 5 ? "места" : "мест";
    return "Найдено " + number + " " + word;
  }

  function show() {
    list.replaceChildren();
    var query = input.value.trim();
    if (!query) {
      state.textContent = "Введите слово: формы слов ищутся сами.";
      return;
    }
    load().then(function () {
      if (query !== input.value.trim()) return;
      var found = find(query);
      state.textContent = found.sections.length ? count(found.sections.length) : "Ничего не найдено";
      if (found.sections.length > SHOWN) state.textContent += ", показаны первые " + SHOWN;
      list.replaceChildren.apply(list, found.sections.slice(0, SHOWN).map(function (number) {
        return result(number, found.hits);
      }));
    }, function () {
      state.textContent = "Указатель поиска не загрузился: проверьте, что папка search лежит рядом со страницами.";
    });
  }

  // Arrows walk through the results; from the first one back into the field.
  function walk(event) {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    var links = Array.from(list.querySelectorAll("a"));
    if (!links.length) return;
    event.preventDefault();
    var at = links.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    if (at < 0) input.focus();
    else links[Math.min(at, links.length - 1)].focus();
  }

  function build() {
    dialog = document.createElement("dialog");
    dialog.className = "search-dialog";
    dialog.setAttribute("aria-label", "Поиск по докладу");
    dialog.innerHTML =
      '<form class="search-head" method="dialog"><input type="search" aria-label="Что искать" autocomplete="off" spellcheck="false">' +
      '<button type="submit" value="close">Закрыть</button></form>' +
      '<p class="search-state" role="status"></p><ul class="search-results"></ul>';
    document.body.append(dialog);
    input = dialog.querySelector("input");
    state = dialog.querySelector(".search-state");
    list = dialog.querySelector(".search-results");
    input.addEventListener("input", show);
    dialog.addEventListener("keydown", walk);
    dialog.addEventListener("click", function (event) {
      if (event.target === dialog) dialog.close();
    });
    input.addEventListener("keydown", function (event) {
      if (event.key !== "Enter") return;
      event.preventDefault();
      var first = list.querySelector("a");
      if (first) first.click();
    });
  }

  function open() {
    if (!dialog) build();
    if (!dialog.open) dialog.showModal();
    input.select();
    show();
  }

  function addButton() {
    var slot = document.querySelector("[data-search-slot]");
    var button = document.createElement("button");
    button.type = "button";
    button.className = "search-open tool" + (slot ? "" : " floating");
    button.innerHTML = 'Поиск<kbd aria-hidden="true">/</kbd>';
    button.setAttribute("aria-keyshortcuts", "/");
    button.addEventListener("click", open);
    (slot || document.body).append(button);
  }

  document.addEventListener("keydown", function (event) {
    var typing = event.target.closest && event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      open();
    }
  });
  addButton();
})();
