// Uploads of the composer: how far they are, and a sentence at once where a file is too large.
const form = document.getElementById("composer");

const mine = (target) => target instanceof HTMLInputElement && "files" in target.dataset;
const panel = (input) => input.nextElementSibling;

function show(input, share) {
  const bar = panel(input).querySelector("progress");
  panel(input).hidden = share === null;
  if (share === null || share >= 1) bar.removeAttribute("value");
  else bar.value = 100 * share;
  const said = share < 1 ? `${Math.floor(100 * share)} %` : panel(input).dataset.looking;
  panel(input).querySelector(".upload-said").textContent = said;
}

function complain(input, sentence, name = "") {
  const problem = document.createElement("p");
  problem.className = "problem";
  const strong = document.createElement("strong");
  strong.textContent = name;
  problem.append(...(name ? [strong, " "] : []), sentence);
  document.getElementById(input.id.replace("files", "turned-away")).replaceChildren(problem);
}

form.addEventListener("htmx:beforeRequest", (event) => {
  const input = event.target;
  if (!mine(input)) return;
  const large = [...input.files].find((file) => file.size > Number(input.dataset.limit));
  if (large) {
    event.preventDefault();
    complain(input, panel(input).dataset.large, large.name);
    input.value = "";
  } else {
    document.getElementById(input.id.replace("files", "turned-away")).replaceChildren();
    show(input, 0);
  }
});

// The answer's own progress comes the same way; then all is sent.
form.addEventListener("htmx:xhr:progress", ({ target, detail }) => {
  if (mine(target) && detail.lengthComputable && !panel(target).hidden) show(target, detail.loaded / detail.total);
});

// What is uploaded must not go along once more when the form is sent; what failed does.
form.addEventListener("htmx:afterRequest", ({ target, detail }) => {
  if (!mine(target)) return;
  show(target, null);
  if (detail.successful) target.value = "";
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  form.addEventListener(name, ({ target }) => {
    if (mine(target)) complain(target, panel(target).dataset.broken);
  });
}

form.addEventListener("click", ({ target }) => {
  if (!target.closest("[data-stop]")) return;
  const input = target.closest(".upload").previousElementSibling;
  window.htmx.trigger(input, "htmx:abort");
  input.value = "";
  input.focus();
});
