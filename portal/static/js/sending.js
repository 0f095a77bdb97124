/* Says so when a form could not be sent. Its words stay where they are, to be sent again:

     <form data-hx-post="…"> … <p role="alert" data-not-sent hidden>…</p></form> */
"use strict";

document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const words = detail.elt.querySelector(":scope > [data-not-sent]");
  if (words) words.hidden = detail.successful === true;
});
