// Asks before a form with `data-confirm`, or an element with `hx-confirm`, does what it says.
const dialog = document.getElementById("confirm");

function ask(question) {
  dialog.querySelector("p").textContent = question;
  dialog.returnValue = "no";
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => resolve(dialog.returnValue === "yes"), { once: true });
  });
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.confirm || form.dataset.confirmed) return;
  event.preventDefault();
  if (await ask(form.dataset.confirm)) {
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
  }
});
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question)) event.detail.issueRequest(true);
});
