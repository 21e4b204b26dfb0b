// Proposes the zone that this browser lives in, unless the person typed one.
const field = document.querySelector("input[name=time_zone]");
const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const known = Array.from(field.list.options, (option) => option.value);

if (known.includes(own) && field.value === field.defaultValue && !field.classList.contains("is-invalid")) {
  field.value = own;
}
