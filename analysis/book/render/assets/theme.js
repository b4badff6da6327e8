// Runs before the first paint, so that a remembered choice does not flash.
(function () {
  "use strict";
  try {
    var theme = localStorage.getItem("report-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch (error) {
    // Storage may be switched off, above all for pages opened from disk: the system's choice stands.
  }
})();
