// What Enketo shows a form with: its transformer and its core, as one script for a page.
import { Form } from "enketo-core";
import { transform } from "enketo-transformer/web";

window.show = async (xform) => {
  const survey = await transform({ xform });
  document.body.replaceChildren(document.createRange().createContextualFragment(survey.form));
  window.form = new Form(document.querySelector("form.or"), { modelStr: survey.model }, {});
  return window.form.init();
};
