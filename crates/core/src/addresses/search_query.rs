/// The maximum length of a search text, in characters. Further characters are ignored.
pub const MAX_SEARCH_CHARS: usize = 200;

/// A search query as the reader typed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Searched {
    pub text: String,
    /// The slug of the category to search in; `None` for all categories.
    pub category: Option<String>,
    pub year: Option<u32>,
    /// The page number, counted from 1.
    pub page: u32,
}

impl Searched {
    pub const NOTHING: Self = Self { text: String::new(), category: None, year: None, page: 1 };
}

impl std::fmt::Display for Searched {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("/tim-kiem")?;
        let mut query = form_urlencoded::Serializer::new(String::new());
        if !self.text.is_empty() {
            query.append_pair("q", &self.text);
        }
        if let Some(category) = &self.category {
            query.append_pair("chuyen-muc", category);
        }
        if let Some(year) = self.year {
            query.append_pair("nam", &year.to_string());
        }
        if self.page > 1 {
            query.append_pair("trang", &self.page.to_string());
        }
        let query = query.finish();
        if query.is_empty() { Ok(()) } else { write!(f, "?{query}") }
    }
}
