/// An HTTP method that at least one page accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Method {
    Get,
    Head,
    Post,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Methods {
    /// `GET` and `HEAD`.
    Read,
    /// `GET` and `HEAD`, and `POST` for the page's form.
    ReadAndPost,
}

impl Method {
    /// Parses the name of a method, which is case-sensitive (RFC 9110, section 9.1). Returns `None` for a method that
    /// no page accepts.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "GET" => Some(Self::Get),
            "HEAD" => Some(Self::Head),
            "POST" => Some(Self::Post),
            _ => None,
        }
    }
}

impl Methods {
    /// Whether the page accepts the method; `None` stands for a method that no page accepts.
    pub fn accept(self, method: Option<Method>) -> bool {
        match method {
            Some(Method::Get | Method::Head) => true,
            Some(Method::Post) => self == Self::ReadAndPost,
            None => false,
        }
    }

    /// The value of the header `Allow`.
    pub fn allow(self) -> &'static str {
        match self {
            Self::Read => "GET, HEAD",
            Self::ReadAndPost => "GET, HEAD, POST",
        }
    }
}
