// Conveniences of a page; everything reads the same without them.
(function () {
  "use strict";
  var root = document.documentElement;
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : dark.matches;
  }

  function addThemeButton(tools) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "tool";
    function name() {
      button.textContent = isDark() ? "Светлая" : "Темная";
      button.setAttribute("aria-label", isDark() ? "Светлое оформление" : "Темное оформление");
    }
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try {
        localStorage.setItem("report-theme", root.dataset.theme);
      } catch (error) {
        // The choice then lasts until the page is left.
      }
      name();
    });
    dark.addEventListener("change", name);
    name();
    tools.append(button);
  }

  // A table that fits needs no box of its own: its head can then stick to the window.
  // What does not fit scrolls, and the keyboard can reach it.
  function fitBoxes() {
    document.querySelectorAll(".table-box, .figure-box").forEach(function (box) {
      box.classList.remove("fits");
      var fits = box.scrollWidth <= box.clientWidth + 1;
      box.classList.toggle("fits", fits);
      if (fits) box.removeAttribute("tabindex");
      else box.tabIndex = 0;
    });
  }

  function followSections() {
    var links = new Map();
    document.querySelectorAll(".sections a").forEach(function (link) {
      links.set(decodeURIComponent(link.hash.slice(1)), link);
    });
    if (!links.size || !("IntersectionObserver" in window)) return;
    var observer = new IntersectionObserver(
      function (entries) {
        entries.forEach(function (entry) {
          if (!entry.isIntersecting) return;
          links.forEach(function (link) {
            link.removeAttribute("aria-current");
          });
          links.get(entry.target.id).setAttribute("aria-current", "true");
        });
      },
      { rootMargin: "0px 0px -70% 0px" }
    );
    links.forEach(function (_, id) {
      var heading = document.getElementById(id);
      if (heading) observer.observe(heading);
    });
  }

  var tools = document.querySelector(".tools");
  if (tools) addThemeButton(tools);
  fitBoxes();
  window.addEventListener("resize", fitBoxes);
  if (document.fonts) document.fonts.ready.then(fitBoxes);
  followSections();
  var current = document.querySelector(".chapters [aria-current]");
  if (current) current.scrollIntoView({ block: "nearest" });
})();
