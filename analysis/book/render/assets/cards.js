// Cards of numbers: what a number is, how it was got, which rows it rests on. The page reads the same without them.
//
// The data stand in the page, packed as packing.py tells: words; phrases and texts, each the places of its parts in base 36; sources [title, release, retrieved]; spots, the sections of the book (in book.js) that a number stands in;
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
  // What all pages share lies in book.js: titles of sections, and series by table and «name|category|place», such as «2018:57,5;58;;*59».
  var shared = window.BOOK_FACTS || { sections: [], series: {} };
  var NEIGHBOURS = 8;
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

  function each(span) {
    var found = [];
    (span ? span.split(",") : []).forEach(function (run) {
      var ends = run.split("-").map(Number);
      for (var at = ends[0]; at <= ends[ends.length - 1]; at++) found.push(at);
    });
    return found;
  }

  function rowsOf(span) {
    if (span[0] === "@") span = numbers[span.slice(1)][2];
    return each(span).map(function (at) { return allRows[at]; });
  }

  function read(text) { return parseFloat(text.replace("*", "").replace(/\u202f/g, "").replace("−", "-").replace(",", ".")); }

  function written(value, digits) {
    var parts = Math.abs(value).toFixed(digits).split(".");
    if (parts[0].length > 4) parts[0] = parts[0].replace(/\B(?=(\d{3})+$)/g, "\u202f");
    return (Number(value.toFixed(digits)) < 0 ? "−" : "") + parts.join(",");
  }

  function history(row) {
    // The series of an observation and those of other territories, that of its own first.
    var series = allSeries[row[0]];
    var all = shared.series[texts[series[0]]] || {};
    var start = texts[series[1]] + "|" + texts[row[2]] + "|";
    var own = texts[row[3]];
    if (!row[4] || !all[start + own]) return [];
    var places = Object.keys(all).filter(function (key) { return key.indexOf(start) === 0; }).map(function (key) { return key.slice(start.length); });
    if (places.length > NEIGHBOURS) places = [];
    return [own].concat(places.filter(function (place) { return place !== own; })).map(function (place) {
      var parts = all[start + place].split(":");
      return { place: place, first: Number(parts[0]), values: parts[1].split(";") };
    });
  }

  function change(row, series) {
    // What the year before was, unless the series began anew in between.
    var at = row[4] - series.first, now = series.values[at], before = series.values[at - 1];
    if (!now || !before || now[0] === "*") return null;
    before = before.replace("*", "");
    var unit = texts[allSeries[row[0]][2]], percent = unit === "%";
    var digits = Math.max.apply(null, [now, before].map(function (text) { return (text.split(",")[1] || "").length; }));
    var differs = read(now) - read(before);
    var told = (differs > 0 ? "+" : "") + written(differs, digits) + " " + (percent ? "п. п." : unit);
    if (!percent && read(before) > 0) told = told.trim() + " (" + (differs > 0 ? "+" : "") + written(100 * differs / read(before), 1) + " %)";
    return make("p", "card-change", "Годом раньше, в " + (row[4] - 1) + "-м: " + (before + " " + unit).trim() + "; изменение " + told.trim().replace(/\.$/, "") + ".");
  }

  function drawn(lines, year) {
    // Years from left to right; the own series thick, a line parted where a value is missing or the series began anew.
    var NS = "http://www.w3.org/2000/svg", WIDTH = 320, HEIGHT = 84, EDGE = 6;
    var known = lines.map(function (line) { return line.values.filter(Boolean).map(read); });
    var all = [].concat.apply([], known), low = Math.min.apply(null, all), high = Math.max.apply(null, all);
    var first = Math.min.apply(null, lines.map(function (line) { return line.first; }));
    var last = Math.max.apply(null, lines.map(function (line) { return line.first + line.values.length - 1; }));
    function x(at) { return EDGE + (WIDTH - 2 * EDGE) * (at - first) / (last - first || 1); }
    function y(value) { return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value - low) / (high - low || 1); }
    function add(tag, attributes) {
      var element = document.createElementNS(NS, tag);
      Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
      svg.append(element);
    }
    var svg = document.createElementNS(NS, "svg");
    svg.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", "Ряд " + first + "–" + last + ": " + lines[0].place + (lines.length > 1 ? ", тонкие линии – " + lines.slice(1).map(function (line) { return line.place; }).join(", ") : ""));
    lines.slice().reverse().forEach(function (line) {
      var path = "", pen = "M";
      line.values.forEach(function (text, at) {
        if (!text || text[0] === "*") pen = "M";
        if (text) { path += pen + x(line.first + at).toFixed(1) + " " + y(read(text)).toFixed(1); pen = "L"; }
      });
      add("path", { d: path, "class": line === lines[0] ? "own" : "other" });
    });
    var mine = lines[0].values[year - lines[0].first];
    if (mine) add("circle", { cx: x(year).toFixed(1), cy: y(read(mine)).toFixed(1), r: 3.5 });
    var figure = make("div", "card-chart");
    figure.append(svg, make("small", "", first + "–" + last + ", от " + written(low, low % 1 ? 1 : 0) + " до " + written(high, high % 1 ? 1 : 0) + "; " + lines[0].place + (lines.length > 1 ? " толще, тонкие – " + lines.slice(1).map(function (line) { return line.place; }).join(", ") : "")));
    return figure;
  }

  function elsewhere(name) {
    var places = each(data.spots && data.spots[name]).map(function (at) { return shared.sections[at]; }).filter(Boolean);
    if (!places.length) return null;
    var made = make("p", "card-spots");
    made.append(make("span", "card-label", "Стоит в разделах: "));
    places.forEach(function (place, at) {
      var link = make("a", "", place[1]);
      link.href = place[0];
      made.append(at ? "; " : "", link);
    });
    return made;
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
    var told = [source[0], texts[series[4]], texts[series[5]], source[0] && (source[1] ? "выпуск: " + source[1] : "выпуск не записан"), source[0] && (source[2] ? "получено " + source[2] : "дата получения не записана")].filter(Boolean).join("; ");
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
      var lines = rows.length === 1 ? history(rows[0]) : [];
      var before = lines.length ? change(rows[0], lines[0]) : null;
      if (before) made.append(before);
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
    if (lines && lines.length) made.append(drawn(lines, rows[0][4]));
    var spots = elsewhere(element.dataset.q);
    if (spots) made.append(spots);
    return made;
  }

  function addSwitch() {
    // One button in the head of the page marks every number that can be asked.
    var slot = document.querySelector("[data-search-slot]");
    var button = make("button", "cards-switch tool", "Отметить числа");
    button.type = "button";
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", function () {
      var on = document.documentElement.classList.toggle("numbers-marked");
      button.setAttribute("aria-pressed", String(on));
    });
    if (slot) slot.append(button);
    else document.querySelector("main").prepend(button);
  }
  addSwitch();

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
