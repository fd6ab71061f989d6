// Leads from a citation to its source and back, copies answers, and keeps the newest in view.
(() => {
  let cameFrom = null; // the citation that was followed last

  function motion() {
    return matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  }

  function inView(element) {
    const { top, bottom } = element.getBoundingClientRect();
    return top < innerHeight && bottom > 0;
  }

  // As after an example was chosen: its button is gone.
  function focusIsLost() {
    const active = document.activeElement;
    return !active || active === document.body || !active.checkVisibility();
  }

  function reach(element, block) {
    element.focus({ preventScroll: true });
    element.scrollIntoView({ block, behavior: motion() });
  }

  function reachSource(source) {
    source.focus({ preventScroll: true });
    const fits = source.offsetHeight < 0.8 * innerHeight;
    const shown = fits ? source : source.querySelector("mark");
    shown.scrollIntoView({ block: fits ? "start" : "center", behavior: motion() });
  }

  function showSources(turn) {
    for (const part of document.querySelectorAll("#sources .sources")) {
      part.hidden = part.dataset.turn !== turn;
    }
  }

  function follow(link) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    const part = target.closest(".sources");
    if (part) {
      cameFrom = link;
      showSources(part.dataset.turn);
      document.querySelector("#sources [aria-current]")?.removeAttribute("aria-current");
      if (target !== part) target.setAttribute("aria-current", "true");
      reachSource(target === part ? part.querySelector(".source") : target);
    } else if (link.matches(".back") && cameFrom?.isConnected) {
      reach(cameFrom, "nearest");
    } else {
      reach(target.querySelector("textarea") ?? target, "start");
    }
  }

  async function copy(button) {
    const text = button.dataset.copy;
    let done = true;
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      // Pages served over plain http to another machine have no clipboard of this kind.
      const area = document.body.appendChild(document.createElement("textarea"));
      area.value = text;
      area.select();
      done = document.execCommand("copy");
      area.remove();
      button.focus();
    }
    const status = button.parentElement.querySelector("[role=status]");
    status.textContent = done ? "Copied" : "The browser did not allow copying";
    setTimeout(() => (status.textContent = ""), 3000);
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const button = event.target.closest("button[data-copy]");
    if (link) {
      event.preventDefault(); // Gradio sets a base address, so that the browser would leave
      follow(link);
    } else if (button) {
      copy(button);
    }
  });

  // A new question comes to the top; its finished answer too, unless the reader has gone elsewhere.
  let turns = 0;
  let busy = false;
  new MutationObserver(() => {
    const all = document.querySelectorAll("#conversation .turn");
    const newest = all[all.length - 1];
    const stillBusy = newest?.getAttribute("aria-busy") === "true";
    const isNew = all.length > turns;
    const isDone = busy && !stillBusy && newest && inView(newest);
    const isCleared = turns > 0 && all.length === 0;
    turns = all.length;
    busy = stillBusy;
    if (isNew) document.getElementById("sources").scrollTop = 0;
    if (isNew && focusIsLost()) newest.focus({ preventScroll: true });
    if (isCleared) document.querySelector("#question textarea").focus();
    if (isNew || isDone) newest.scrollIntoView({ block: "start", behavior: motion() });
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
})();
