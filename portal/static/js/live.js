/* Keeps an open page up to date.

   The page says what it listens for, and htmx fetches it:

     <li data-hx-get="…/nowe/?po=14" data-hx-trigger="live" data-hx-swap="outerHTML"
         data-live="conversation:<id>">

   `data-live` holds words separated by spaces: `conversation` for every conversation,
   `conversation:<id>` for one. The socket says only what has changed, never what it says now; each
   element is fetched again under the rights of whoever looks. Nothing depends on the socket: every
   element is fetched every now and then anyway, so a page without one is slower, not poorer.

   Who else of the office is at a conversation, shown to staff:

     <p data-presence="<id of the conversation>" data-here="{who} is looking at this too."
        data-typing="{who} is writing an answer." aria-live="polite" hidden></p>

   `{who}` is replaced by first names, separated by commas. The page tells the others of itself. */
"use strict";

(() => {
  const SECOND = 1000;
  const CALM = 20 * SECOND;
  const ALONE = 5 * SECOND;
  const LONGEST_WAIT = 30 * SECOND;
  const RIGHTS_ENDED = 4401;
  const HERE_EVERY = 15 * SECOND;
  const TYPING_EVERY = 3 * SECOND;
  const SHOWN_FOR = { here: 2.5 * HERE_EVERY, typing: 2 * TYPING_EVERY };

  let socket = null;
  let tries = 0;
  let isHeard = false;
  let hasEnded = false;
  let retry = 0;
  let poll = 0;

  // What the page shows

  const listening = () => document.querySelectorAll("[data-live]");

  function refresh(...words) {
    for (const place of listening()) {
      const heard = place.dataset.live.split(/\s+/);
      if (!words.length || words.some((word) => heard.includes(word))) htmx.trigger(place, "live");
    }
  }

  // Somebody wrote while their last words were being fetched: ask again, of what stands there now.
  const missed = new Set();

  function noteMissed(event) {
    const place = event.target;
    if (!(place instanceof Element) || !place.matches("[data-live]")) return;
    if (hasEnded) event.stopPropagation();
    else if (place.classList.contains("htmx-request")) missed.add(place.dataset.live);
  }

  function fetchMissed() {
    const lists = [...missed];
    missed.clear();
    for (const place of listening()) {
      if (lists.includes(place.dataset.live)) htmx.trigger(place, "live");
    }
  }

  // The login has ended: its page must not turn up in the middle of this one.
  function beforeSwap(event) {
    const { pathInfo, requestConfig, xhr } = event.detail;
    const asked = new URL(pathInfo.finalRequestPath, location.href).pathname;
    if (!pathInfo.responsePath || new URL(xhr.responseURL).pathname === asked) return;
    event.detail.shouldSwap = false;
    if (requestConfig.verb === "get") end();
    else location.assign(xhr.responseURL);
  }

  // Asking by itself

  function pollLater() {
    clearTimeout(poll);
    if (hasEnded) return;
    const pause = isHeard ? CALM : ALONE;
    poll = setTimeout(() => {
      if (!document.hidden) refresh();
      pollLater();
    }, pause * (0.9 + 0.2 * Math.random()));
  }

  function end() {
    hasEnded = true;
    isHeard = false;
    clearTimeout(poll);
    clearTimeout(retry);
    if (socket) socket.close();
    forgetOthers();
  }

  // The socket

  function connect() {
    clearTimeout(retry);
    if (hasEnded || socket) return;
    socket = new WebSocket(`${location.origin.replace(/^http/, "ws")}/ws/`);
    socket.onopen = () => {
      tries = 0;
      hear(true);
      sayHere();
    };
    socket.onmessage = (message) => receive(JSON.parse(message.data));
    socket.onclose = (closed) => {
      socket = null;
      hear(false);
      if (closed.code === RIGHTS_ENDED) end();
      else connectLater();
    };
  }

  function connectLater() {
    clearTimeout(retry);
    const longest = Math.min(LONGEST_WAIT, SECOND * 2 ** tries);
    tries = Math.min(tries + 1, 5);
    retry = setTimeout(connect, longest * (0.5 + 0.5 * Math.random()));
  }

  // From now on we are told, or are not; what was said in between is fetched.
  function hear(isTold) {
    if (isTold === isHeard) return;
    isHeard = isTold;
    if (isTold) refresh();
    pollLater();
  }

  function hearAgain() {
    isHeard = false;
    hear(socket !== null);
  }

  function receive(said) {
    if (said.what === "deaf") hear(false);
    // All pages are told so in the same moment.
    else if (said.what === "hearing") setTimeout(hearAgain, 2 * SECOND * Math.random());
    else if (said.what in SHOWN_FOR) seeOther(said);
    else refresh(said.what, `${said.what}:${said.of}`);
  }

  function comeBack() {
    if (document.hidden || hasEnded) return;
    refresh();
    if (!socket) {
      tries = 0;
      connect();
    }
    sayHere();
  }

  // Who else is here

  const others = { here: new Map(), typing: new Map() };
  const presence = () => document.querySelector("[data-presence]");
  let typedAt = 0;

  function say(what) {
    const place = presence();
    if (!place || !socket || socket.readyState !== WebSocket.OPEN || document.hidden) return;
    socket.send(JSON.stringify({ [what]: place.dataset.presence }));
  }

  const sayHere = () => say("here");

  function sayTyping(event) {
    if (!event.target.matches("textarea") || Date.now() - typedAt < TYPING_EVERY) return;
    typedAt = Date.now();
    say("typing");
  }

  function seeOther({ what, of, who }) {
    const place = presence();
    if (!place || place.dataset.presence !== of) return;
    others[what].set(who, Date.now() + SHOWN_FOR[what]);
    showOthers();
  }

  function showOthers() {
    const place = presence();
    if (!place) return;
    const now = Date.now();
    const names = (what) => [...others[what]].filter(([, until]) => until > now).map(([who]) => who);
    const what = names("typing").length ? "typing" : "here";
    const who = names(what).join(", ");
    const words = who && place.dataset[what].replace("{who}", () => who);
    place.hidden = !words;
    // Read aloud when it changes, and only then.
    if (place.textContent !== words) place.textContent = words;
  }

  function forgetOthers() {
    others.here.clear();
    others.typing.clear();
    showOthers();
  }

  function start() {
    if (!listening().length) return;
    document.addEventListener("live", noteMissed, true);
    document.addEventListener("htmx:afterRequest", fetchMissed);
    document.addEventListener("htmx:beforeSwap", beforeSwap);
    document.addEventListener("visibilitychange", comeBack);
    document.addEventListener("input", sayTyping);
    addEventListener("online", comeBack);
    addEventListener("pageshow", (shown) => { if (shown.persisted) comeBack(); });
    addEventListener("pagehide", () => { if (socket) socket.close(); });
    if (presence()) {
      setInterval(sayHere, HERE_EVERY);
      setInterval(showOthers, TYPING_EVERY);
    }
    connect();
    pollLater();
  }

  // Both scripts are deferred: the page is read, and htmx is there.
  start();
})();
