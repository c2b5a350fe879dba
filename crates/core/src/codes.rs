/// Declares the code of each variant of an enum: the text that stands for the variant in forms, addresses or the
/// database. Adds the constant `ALL` and the functions `code` and `from_code` to the enum. An example:
/// `codes!(Direction { Left = "trai", Right = "phai" });`
#[macro_export]
macro_rules! codes {
    ($name:ident { $($variant:ident = $code:literal),+ $(,)? }) => {
        impl $name {
            pub const ALL: [Self; [$($code),+].len()] = [$(Self::$variant),+];

            pub fn code(self) -> &'static str {
                match self {
                    $(Self::$variant => $code,)+
                }
            }

            pub fn from_code(code: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|one| one.code() == code)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #[derive(Clone, Copy, Debug, PartialEq)]
    enum Direction {
        Left,
        Right,
    }

    codes!(Direction { Left = "trai", Right = "phai" });

    #[test]
    fn each_variant_has_its_code_and_other_texts_are_none() {
        assert_eq!(Direction::ALL.map(Direction::code), ["trai", "phai"]);
        assert_eq!(Direction::from_code("phai"), Some(Direction::Right));
        assert_eq!(Direction::from_code(""), None);
    }
}
