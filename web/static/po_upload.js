// A file that is too large is refused before it is sent: on its way it would only break the connection.

const field = document.querySelector("input[type=file][data-limit]");

field?.addEventListener("change", () => {
  const large = field.files[0]?.size > Number(field.dataset.limit);
  field.setCustomValidity(large ? field.dataset.large : "");
  field.reportValidity();
});
