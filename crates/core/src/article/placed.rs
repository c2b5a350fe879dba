//! Values with their positions in a body.

use std::ops::Range;

/// A value and its position: a range of bytes of the body.
pub type Placed<T> = (T, Range<usize>);
