//! The result of rendering a body, and what rendering needs in addition to the body.

use maud::Markup;

use super::heading::Heading;
use super::image_size::ImageSize;

/// The words that the HTML contains in addition to the author's text.
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
    /// The addresses of the links that are numbered for print, as written. Only filled on the article's own page.
    pub print_links: Vec<String>,
    /// The number of words, as separated by white space and with at least one letter or digit. In Vietnamese, these
    /// are syllables.
    pub words: usize,
}

/// The additions for a body that is rendered for its article's own page.
#[derive(Clone, Copy)]
pub struct OwnPage<'a> {
    /// Makes the element beside a heading.
    pub beside: Option<&'a dyn Fn(&Heading) -> Markup>,
    /// Returns the size of a picture by its file name in `FILES`, if it is known.
    pub size_of: &'a dyn Fn(&str) -> Option<ImageSize>,
}
