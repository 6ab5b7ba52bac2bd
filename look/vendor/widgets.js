// The USWDS widgets we use, started on the page and on whatever htmx brings in.
import characterCount from "@uswds/uswds/js/usa-character-count";
import comboBox from "@uswds/uswds/js/usa-combo-box";
import fileInput from "@uswds/uswds/js/usa-file-input";
import modal from "@uswds/uswds/js/usa-modal";
import table from "@uswds/uswds/js/usa-table";
import tooltip from "@uswds/uswds/js/usa-tooltip";

const widgets = [comboBox, fileInput, modal, tooltip, characterCount, table];

widgets.forEach((widget) => widget.on(document.body));
document.addEventListener("htmx:load", (event) => {
  if (event.target === document.body) return;
  widgets.forEach((widget) => widget.init && widget.init(event.target));
});
