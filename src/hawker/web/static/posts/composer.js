// What the composer does beyond its form: order of pictures, a warning before words are lost.
const form = document.getElementById("composer");
let changed = "changed" in form.dataset;

form.classList.add("scripted");

form.addEventListener("input", () => { changed = true; });
form.addEventListener("pictures", () => { changed = true; });
form.addEventListener("submit", () => {
  changed = false;
  form.querySelector(".composer-save").disabled = true;
});
// A page that comes back from the browser's own store still has its button switched off.
addEventListener("pageshow", () => { form.querySelector(".composer-save").disabled = false; });
addEventListener("beforeunload", (event) => {
  if (changed) event.preventDefault();
});

// A text of its own begins as the text of all.
form.addEventListener("change", ({ target }) => {
  if (!target.dataset.own || !target.checked) return;
  const own = document.getElementById(target.dataset.own);
  own.value ||= document.getElementById("text").value;
  own.dispatchEvent(new Event("input", { bubbles: true }));
  own.focus();
});

form.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-earlier]");
  if (!button) return;
  const picture = button.closest(".picture");
  picture.previousElementSibling.before(picture);
  form.dispatchEvent(new Event("input"));
  (picture.previousElementSibling ? button : picture.querySelector("textarea")).focus();
});

// Screen readers hear which field is wrong; a form that came back begins at the first of them.
function mark() {
  const wrong = [];
  for (const problems of form.querySelectorAll(".problems[id]")) {
    const field = form.querySelector(`[aria-describedby~="${problems.id}"]`);
    field?.setAttribute("aria-invalid", problems.childElementCount > 0);
    if (field && problems.childElementCount) wrong.push(field);
  }
  return wrong;
}

document.addEventListener("htmx:afterSettle", mark);
if (changed) mark()[0]?.focus();
