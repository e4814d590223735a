//! Where text stands on a page (8.3, 9.4.2).

/// A transformation of the plane.
#[derive(Clone, Copy)]
pub(super) struct Matrix([f64; 6]);

impl Default for Matrix {
    fn default() -> Self {
        Self([1.0, 0.0, 0.0, 1.0, 0.0, 0.0])
    }
}

impl Matrix {
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        numbers.get(..6)?.try_into().ok().map(Self)
    }

    fn moved(x: f64, y: f64) -> Self {
        Self([1.0, 0.0, 0.0, 1.0, x, y])
    }

    /// This one first, then the other.
    pub(super) fn then(&self, other: &Self) -> Self {
        let (first, next) = (self.0, other.0);
        let turned = |x: f64, y: f64| (x * next[0] + y * next[2], x * next[1] + y * next[3]);
        let (across, up) = (turned(first[0], first[1]), turned(first[2], first[3]));
        let origin = turned(first[4], first[5]);
        Self([across.0, across.1, up.0, up.1, origin.0 + next[4], origin.1 + next[5]])
    }
}

/// The text state: where the next letter goes, and how large it is.
#[derive(Clone, Copy)]
pub(super) struct Pen {
    text: Matrix,
    line: Matrix,
    size: f64,
    spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

impl Default for Pen {
    fn default() -> Self {
        let (text, line) = (Matrix::default(), Matrix::default());
        Self { text, line, size: 1.0, spacing: 0.0, word_spacing: 0.0, scale: 1.0, leading: 0.0, rise: 0.0 }
    }
}

impl Pen {
    /// Follows an operator that changes the state; others change nothing.
    pub(super) fn set(&mut self, operator: &[u8], numbers: &[f64]) {
        let last = numbers.last().copied();
        match (operator, last) {
            (b"BT", _) => (self.text, self.line) = (Matrix::default(), Matrix::default()),
            (b"T*", _) => self.next_line(0.0, -self.leading),
            (b"Tf", Some(size)) => self.size = size,
            (b"Tc", Some(spacing)) => self.spacing = spacing,
            (b"Tw", Some(spacing)) => self.word_spacing = spacing,
            (b"Tz", Some(percent)) => self.scale = percent / 100.0,
            (b"TL", Some(leading)) => self.leading = leading,
            (b"Ts", Some(rise)) => self.rise = rise,
            (b"Td" | b"TD", _) => {
                if let [.., x, y] = *numbers {
                    if operator == b"TD" {
                        self.leading = -y;
                    }
                    self.next_line(x, y);
                }
            }
            (b"Tm", _) => {
                if let Some(matrix) = Matrix::of(numbers) {
                    (self.text, self.line) = (matrix, matrix);
                }
            }
            _ => {}
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::moved(x, y).then(&self.line);
        self.text = self.line;
    }

    /// A number between two shown texts, in thousandths.
    pub(super) fn adjust(&mut self, thousandths: f64) {
        self.text = Matrix::moved(-thousandths / 1000.0 * self.size * self.scale, 0.0).then(&self.text);
    }

    /// Past a letter of so many thousandths.
    pub(super) fn advance(&mut self, width: f64, is_space: bool) {
        let spacing = self.spacing + if is_space { self.word_spacing } else { 0.0 };
        self.text = Matrix::moved((width / 1000.0 * self.size + spacing) * self.scale, 0.0).then(&self.text);
    }

    /// Where the next letter goes, how large it is there, and in which direction text runs.
    pub(super) fn place(&self, page: &Matrix) -> ((f64, f64), f64, (f64, f64)) {
        let Matrix([across_x, across_y, up_x, up_y, x, y]) = Matrix::moved(0.0, self.rise).then(&self.text).then(page);
        let along = across_x.hypot(across_y).max(1e-12);
        let em = up_x.hypot(up_y).max(along) * self.size.abs();
        let turn = if self.size < 0.0 { -1.0 } else { 1.0 };
        ((x, y), em, (across_x / along * turn, across_y / along * turn))
    }
}
