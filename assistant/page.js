// Leads from a citation or a checked sentence to its source and back, copies and saves, and keeps
// the newest in view.
(() => {
  let cameFrom = null; // the citation or sentence that was followed last

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
    const shown = fits ? source : (source.querySelector("mark") ?? source);
    shown.scrollIntoView({ block: fits ? "start" : "center", behavior: motion() });
  }

  function showPart(part) {
    for (const other of part.closest("section").querySelectorAll(".sources")) {
      other.hidden = other !== part;
    }
  }

  function makeCurrent(element, among) {
    document.querySelector(`${among}[aria-current]`)?.removeAttribute("aria-current");
    element?.setAttribute("aria-current", "true");
  }

  function follow(link) {
    const target = document.getElementById(link.getAttribute("href").slice(1));
    if (!target) return;
    const part = target.closest(".sources");
    if (part) {
      cameFrom = link;
      showPart(part);
      makeCurrent(target === part ? null : target, ".source");
      if (link.matches(".claim")) makeCurrent(link, ".claim");
      reachSource(target === part ? part.querySelector(".verdict, .source") : target);
    } else if (link.matches(".skip") && !target.checkVisibility()) {
      reach(document.querySelector("#paste textarea"), "start"); // the other tab is open
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

  // What is sent is what stood in the box at Enter, when Gradio does not look yet, and leaves it at
  // once: whatever is typed from then on is a draft.
  let atEnter = null;
  document.addEventListener(
    "keydown",
    ({ key, shiftKey, isComposing, target }) => {
      const sends = key === "Enter" && !shiftKey && !isComposing;
      if (sends && target.matches("#question textarea")) atEnter = target.value;
    },
    true,
  );
  window.sent = (question, ...others) => {
    const box = document.querySelector("#question textarea");
    const text = atEnter ?? question;
    atEnter = null;
    if (box.value.startsWith(text)) {
      box.value = box.value.slice(text.length);
      box.dispatchEvent(new Event("input", { bubbles: true }));
    }
    return [text, ...others];
  };

  // Gradio hands over what a button that saves was answered with.
  window.saveRecord = ({ name, type, data }) => {
    const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([bytes], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  // Whoever goes through a checked text by keyboard sees each verdict without leaving the text.
  document.addEventListener("focusin", ({ target }) => {
    if (!target.matches(".claim")) return;
    makeCurrent(target, ".claim");
    showPart(document.getElementById(target.getAttribute("href").slice(1)));
  });

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
  let checked = null;
  let shows = false; // the Check tab anything that Clear takes away, and itself with it
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
    const result = document.querySelector(".checked");
    const isTyping = document.activeElement?.matches("textarea");
    if (result && result !== checked && !isTyping) reach(result, "start");
    checked = result;
    const showed = shows;
    shows = !!document.querySelector(".checked, .checking, .trouble");
    if (showed && !shows && focusIsLost()) document.querySelector("#paste textarea").focus();
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-busy"] });
})();
