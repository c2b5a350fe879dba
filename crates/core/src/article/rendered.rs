//! The result of rendering a body, and the parameters of rendering other than the body.

use maud::Markup;

use super::heading::Heading;
use super::image_size::ImageSize;

/// The words that rendering adds to the author's text, in the language of the page.
#[derive(Clone, Copy, Debug)]
pub struct Labels {
    pub table: &'static str,
    pub footnotes: &'static str,
    pub back_to_text: &'static str,
}

/// An article's body as HTML, with its headings in order.
#[derive(Clone, Debug)]
pub struct RenderedBody {
    pub html: String,
    pub headings: Vec<Heading>,
    /// The addresses of the links that are numbered for print, in the order of their numbers, as written in the
    /// document. Empty unless the body is rendered for the article's own page.
    pub print_links: Vec<String>,
    /// The number of words. A word is text between white space with at least one letter or digit; in Vietnamese, that
    /// is a syllable.
    pub words: usize,
}

/// Additions to the body on the article's own page, which feeds do not have: elements beside headings, and the sizes of
/// pictures.
#[derive(Clone, Copy)]
pub struct OwnPage<'a> {
    /// Makes the element that the page shows beside a heading; `None` if there are no such elements.
    pub beside: Option<&'a dyn Fn(&Heading) -> Markup>,
    /// Returns the size of the picture with this file name in `FILES`, if it is known.
    pub size_of: &'a dyn Fn(&str) -> Option<ImageSize>,
}
