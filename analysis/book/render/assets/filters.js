// Tables whose head marks columns with the class «filter» get one choice for each of these columns.
// Without this script every row is shown.
(function () {
  "use strict";
  var count = 0;

  function columnOf(cell) {
    var at = 0;
    for (var one = cell.parentNode.firstElementChild; one !== cell; one = one.nextElementSibling) at += one.colSpan;
    return at;
  }

  function textOf(row, column) {
    var cell = row.cells[column];
    return cell ? cell.textContent.trim() : "";
  }

  function add(table) {
    var rows = Array.prototype.slice.call(table.tBodies).reduce(function (all, body) {
      return all.concat(Array.prototype.slice.call(body.rows));
    }, []);
    var box = document.createElement("div");
    var state = document.createElement("p");
    var choices = [];
    box.className = "filters";
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Отбор строк таблицы");
    state.className = "filters-state";
    state.setAttribute("role", "status");

    function show() {
      var shown = 0;
      rows.forEach(function (row) {
        var fits = choices.every(function (one) {
          return !one.select.value || textOf(row, one.column) === one.select.value;
        });
        row.hidden = !fits;
        if (fits) shown += 1;
      });
      state.textContent = "Показано строк: " + shown + " из " + rows.length;
    }

    table.querySelectorAll("thead .filter").forEach(function (head) {
      var column = columnOf(head);
      var label = document.createElement("label");
      var select = document.createElement("select");
      var values = [];
      rows.forEach(function (row) {
        var value = textOf(row, column);
        if (values.indexOf(value) < 0) values.push(value);
      });
      count += 1;
      select.id = "filter-" + count;
      label.htmlFor = select.id;
      label.textContent = head.textContent.trim();
      select.add(new Option("все", ""));
      values.forEach(function (value) {
        select.add(new Option(value, value));
      });
      select.addEventListener("change", show);
      choices.push({ select: select, column: column });
      box.append(label, select);
    });

    var clear = document.createElement("button");
    clear.type = "button";
    clear.textContent = "Показать все";
    clear.addEventListener("click", function () {
      choices.forEach(function (one) {
        one.select.value = "";
      });
      show();
    });
    box.append(clear, state);
    var before = table.closest(".table-box") || table;
    before.parentNode.insertBefore(box, before);
    show();
  }

  document.querySelectorAll("table").forEach(function (table) {
    if (table.querySelector("thead .filter")) add(table);
  });
})();
