/// A person who is signed in at the desk.
pub struct Editor {
    /// The e-mail address, with ASCII letters in lower case.
    pub email: String,
    pub role: Role,
    /// An identifier of the sign-in session, from which form tokens are made. It is never shown or logged.
    pub session: String,
}

/// The rights of a person who is signed in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// May read and answer.
    Editor,
    /// May also release and erase.
    Publisher,
}
