//! The HTML of form fields and of messages about problems.

use maud::{Markup, html};

use super::declaration::{FieldChoice, FieldControl, FormField};
use super::problems::FormProblems;

impl FormProblems {
    /// The list of all problems at the top of the page, each with a link to its field; empty if there are no problems.
    pub fn summary(&self, heading: &str) -> Markup {
        html! {
            @if !self.is_empty() {
                section class="problems" role="alert" aria-labelledby="can_sua" {
                    h2 id="can_sua" { (heading) }
                    ul {
                        @for problem in self.iter() {
                            li {
                                @if let Some(field) = &problem.field { a href={ "#" (field) } { (problem.message) } }
                                @else { (problem.message) }
                            }
                        }
                    }
                }
            }
        }
    }
}

impl FormField<'_> {
    /// The field with its label, its hint, its problem, and the value that was typed.
    pub fn show(&self, problems: &FormProblems, typed: &str) -> Markup {
        let is_invalid = problems.of(self).is_some();
        let has_problem = if is_invalid { " has-problem" } else { "" };
        match self.control {
            FieldControl::Hidden => self.control(typed, is_invalid),
            FieldControl::Tick => html! {
                div class={ "choice" (has_problem) } {
                    (self.message(problems))
                    (self.control(typed, is_invalid))
                    (self.label())
                }
            },
            FieldControl::Choices => html! {
                fieldset class=[is_invalid.then_some("has-problem")]
                    aria-describedby=[self.described_by(is_invalid)] {
                    legend { (self.label) }
                    (self.message(problems))
                    @for (index, choice) in self.choices.iter().enumerate() { (self.radio(index, choice, typed)) }
                }
            },
            _ => html! {
                div class={ "field" (has_problem) } {
                    (self.label())
                    @if !self.hint.is_empty() { p class="hint" id=(self.hint_id()) { (self.hint) } }
                    (self.message(problems))
                    (self.control(typed, is_invalid))
                }
            },
        }
    }

    /// The message about the field's problem, beside its control; empty if there is none.
    pub fn message(&self, problems: &FormProblems) -> Markup {
        html! {
            @if let Some(problem) = problems.of(self) {
                p class="problem" id=(self.problem_id()) {
                    span class="visually-hidden" { (self.error) ": " } (problem)
                }
            }
        }
    }

    fn label(&self) -> Markup {
        html! { label for=(self.id()) { (self.label) (small_print(self.note)) } }
    }

    fn control(&self, typed: &str, is_invalid: bool) -> Markup {
        let (id, described_by) = (self.id(), self.described_by(is_invalid));
        let invalid = is_invalid.then_some("true");
        match self.control {
            FieldControl::Line { input_type, autocomplete } => {
                let list = (!self.choices.is_empty()).then(|| format!("{id}_da_co"));
                html! {
                    input type=(input_type) id=(id) name=(id) value=(typed) autocomplete=(autocomplete)
                        list=[list.as_deref()] aria-invalid=[invalid] aria-describedby=[described_by];
                    @if let Some(list) = &list {
                        datalist id=(list) { @for choice in self.choices { option value=(choice.value) {} } }
                    }
                }
            }
            FieldControl::Code => html! {
                input type="text" id=(id) name=(id) value=(typed) autocomplete="off" autocapitalize="characters"
                    spellcheck="false" aria-invalid=[invalid] aria-describedby=[described_by];
            },
            FieldControl::Text { rows } => html! {
                textarea id=(id) name=(id) rows=(rows) aria-invalid=[invalid] aria-describedby=[described_by] {
                    // Browsers drop a line break right after the start tag, so one is added here.
                    "\n" (typed)
                }
            },
            FieldControl::Tick => html! {
                input type="checkbox" id=(id) name=(id) value="1" checked[!typed.is_empty()]
                    aria-invalid=[invalid] aria-describedby=[described_by];
            },
            FieldControl::Select => html! {
                select id=(id) name=(id) aria-invalid=[invalid] aria-describedby=[described_by] {
                    @for choice in self.choices {
                        option value=(choice.value) selected[choice.value == typed] { (choice.label) }
                    }
                }
            },
            FieldControl::Choices => Markup::default(),
            FieldControl::Hidden => html! { input type="hidden" name=(id) value=(typed); },
        }
    }

    /// A radio button. The first one has the id of the field, so that a link to the field leads to it.
    fn radio(&self, index: usize, choice: &FieldChoice<'_>, typed: &str) -> Markup {
        let name = self.id();
        let id = match index {
            0 => name.clone(),
            _ => format!("{name}_{}", choice.value).into(),
        };
        html! {
            div class="choice" {
                input type="radio" id=(id) name=(name) value=(choice.value) checked[choice.value == typed];
                label for=(id) { (choice.label) (small_print(choice.note)) }
            }
        }
    }

    fn hint_id(&self) -> String {
        format!("{}_goi_y", self.id())
    }

    fn problem_id(&self) -> String {
        format!("{}_loi", self.id())
    }

    /// The ids of the elements that describe the control, for the attribute `aria-describedby`: the hints, and the
    /// message about the problem if the value is invalid.
    fn described_by(&self, is_invalid: bool) -> Option<String> {
        let ids = [
            (!self.shared_hint.is_empty()).then(|| self.shared_hint.to_owned()),
            (!self.hint.is_empty()).then(|| self.hint_id()),
            is_invalid.then(|| self.problem_id()),
        ];
        let ids: Vec<_> = ids.into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}

fn small_print(note: &str) -> Markup {
    html! { @if !note.is_empty() { " " span class="hint" { (note) } } }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_faulty_field_keeps_its_value_and_is_described_by_hint_and_problem() {
        let field = FormField { hint: "Gợi ý.", ..FormField::text("noi_dung", "Nội dung", 7) };
        let field = field.in_group(2);
        let shown = |problems: &FormProblems| field.show(problems, "\n<b>").into_string();
        let sound = "<div class=\"field\"><label for=\"noi_dung_2\">Nội dung</label>\
            <p class=\"hint\" id=\"noi_dung_2_goi_y\">Gợi ý.</p>\
            <textarea id=\"noi_dung_2\" name=\"noi_dung_2\" rows=\"7\" aria-describedby=\"noi_dung_2_goi_y\">\
            \n\n&lt;b&gt;</textarea></div>";
        assert_eq!(shown(&FormProblems::default()), sound);
        let faulty = "<div class=\"field has-problem\"><label for=\"noi_dung_2\">Nội dung</label>\
            <p class=\"hint\" id=\"noi_dung_2_goi_y\">Gợi ý.</p>\
            <p class=\"problem\" id=\"noi_dung_2_loi\"><span class=\"visually-hidden\">Lỗi: </span>Thiếu.</p>\
            <textarea id=\"noi_dung_2\" name=\"noi_dung_2\" rows=\"7\" aria-invalid=\"true\" \
            aria-describedby=\"noi_dung_2_goi_y noi_dung_2_loi\">\n\n&lt;b&gt;</textarea></div>";
        assert_eq!(shown(&FormProblems::of_field(&field, "Thiếu.")), faulty);
    }

    #[test]
    fn the_summary_links_to_the_fields() {
        let mut problems = FormProblems::of_form("Xin đợi.");
        problems.add(&FormField::line("ma", "Mã"), "Thiếu.");
        let summary = problems.summary("Chưa gửi được").into_string();
        assert!(
            summary.contains("<li>Xin đợi.</li><li><a href=\"#ma\">Thiếu.</a></li>"),
            "{summary}"
        );
        assert_eq!(FormProblems::default().summary("Chưa gửi được").into_string(), "");
    }
}
