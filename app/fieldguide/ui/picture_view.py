"""One photo in a window of its own, as large as it fits."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from fieldguide.ui.desk import Look
from fieldguide.ui.text import ScriptLabel


def jpeg_image(jpeg: bytes) -> QImage:
    """A copy that the program made; bytes of any other kind are given to no decoder."""
    data = QByteArray(jpeg)
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(b"jpg"))
    reader.setAutoDetectImageFormat(False)
    return reader.read() if jpeg else QImage()


class Photo(QWidget):
    """Draws a picture whole and in its proportions, never larger than it is."""

    def __init__(self, picture: QImage, words: str) -> None:
        super().__init__()
        self._picture = picture
        self.setAccessibleName(words)
        self.setMinimumSize(240, 180)

    def sizeHint(self) -> QSize:
        """The picture's own size."""
        return self._picture.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the middle."""
        size = self._picture.size()
        if size.width() > self.width() or size.height() > self.height():
            size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        place = QPoint((self.width() - size.width()) // 2, (self.height() - size.height()) // 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRect(place, size), self._picture)
        painter.end()


class PictureDialog(QDialog):
    """Shows a photo over the window until Esc; a child of the window, so that it goes with it."""

    def __init__(self, look: Look, jpeg: bytes, name: str, caption: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(caption or name)
        self.setAccessibleName(self.tr("Photo: {words}").format(words=caption or name))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(Photo(jpeg_image(jpeg), caption or name), 1)
        column.addWidget(ScriptLabel(caption or name, look.theme, "body", "t1", wrap=True))
        column.addWidget(buttons)
        room = parent.window().size()
        self.resize(room.width() * 9 // 10, room.height() * 9 // 10)
