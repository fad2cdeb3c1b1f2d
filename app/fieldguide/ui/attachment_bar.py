"""The strip under a note: its photos and files, small, with their captions."""

from typing import ClassVar, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDropEvent,
    QKeyEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QMenu,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldguide.domain.attachments import Attachment, Stage
from fieldguide.services.attachments import CAPTION_LENGTH
from fieldguide.ui.desk import Look
from fieldguide.ui.offers import admit, dropped
from fieldguide.ui.parts import IconButton, ToolButton, key_text
from fieldguide.ui.picture_view import jpeg_image
from fieldguide.ui.text import draw_text
from fieldguide.ui.theme import Theme
from fieldguide.ui.toast import Toast

TILE: Final = (208, 52)
THUMBNAIL: Final = 44
Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class AttachmentModel(QAbstractListModel):
    """The attachments of a note, with their pictures; the caption is what can be edited."""

    AttachmentRole: ClassVar[int] = Qt.ItemDataRole.UserRole
    ThumbnailRole: ClassVar[int] = Qt.ItemDataRole.UserRole + 1

    captioned = Signal(object, str)
    """An Attachment, and the words that were typed below it."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._shown: list[Attachment] = []
        self._pictures: list[QPixmap] = []

    def show(self, attachments: list[Attachment]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self._shown = list(attachments)
        self._pictures = [QPixmap.fromImage(jpeg_image(one.thumbnail)) for one in attachments]
        self.endResetModel()

    def put(self, attachment: Attachment) -> None:
        """Show one anew where it stands, or at the end."""
        for row, one in enumerate(self._shown):
            if one.id == attachment.id:
                self._shown[row] = attachment
                self._pictures[row] = QPixmap.fromImage(jpeg_image(attachment.thumbnail))
                self.dataChanged.emit(self.index(row), self.index(row))
                return
        count = len(self._shown)
        self.beginInsertRows(QModelIndex(), count, count)
        self._shown.append(attachment)
        self._pictures.append(QPixmap.fromImage(jpeg_image(attachment.thumbnail)))
        self.endInsertRows()

    def drop(self, attachment: Attachment) -> None:
        """Show it no more."""
        row = next((row for row, one in enumerate(self._shown) if one.id == attachment.id), None)
        if row is not None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._shown[row], self._pictures[row]
            self.endRemoveRows()

    def rowCount(self, parent: Index = _ROOT) -> int:
        """One for each attachment, none below."""
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """The attachment, its picture, its caption, or all of it in words."""
        if not index.isValid():
            return None
        one = self._shown[index.row()]
        if role == self.AttachmentRole:
            return one
        if role == self.ThumbnailRole:
            return self._pictures[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return one.caption
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "; ".join(word for word in (one.caption, self.about(one)) if word)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell that a caption was typed; it is shown once it is kept."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        one, caption = self._shown[index.row()], str(value).strip()
        if caption != one.caption:
            self.captioned.emit(one, caption)
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        """All can be chosen, and their captions edited."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        chosen = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return chosen | Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemNeverHasChildren

    def about(self, one: Attachment) -> str:
        """Name and size."""
        size = QLocale().formattedDataSize(one.size, 1, QLocale.DataSizeFormat.DataSizeSIFormat)
        return f"{one.name} · {size}"


class AttachmentDelegate(QStyledItemDelegate):
    """A small picture, the caption beside it, name and size below."""

    def __init__(self, look: Look, view: "AttachmentList") -> None:
        super().__init__(view)
        self._look, self._view = look, view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """All are alike."""
        theme = self._look.theme
        return QSize(theme.px(TILE[0]), theme.px(TILE[1]))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one tile."""
        theme = self._look.theme
        one = index.data(AttachmentModel.AttachmentRole)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
            theme.mark_selected(painter, rect, focused=focused)
        self._picture(painter, rect, one, index.data(AttachmentModel.ThumbnailRole))
        words = self.caption_rect(rect)
        none = self.tr("No caption yet")
        tone = "t1" if one.caption else "t3"
        draw_text(painter, words, one.caption or none, theme, "body", tone)
        words.translate(0, words.height())
        draw_text(painter, words, self._view.tiles.about(one), theme, "caption", "t2")
        painter.restore()

    def caption_rect(self, tile: QRectF) -> QRectF:
        """Where the caption of a tile stands."""
        theme = self._look.theme
        left = tile.left() + theme.px(THUMBNAIL + 12)
        high = theme.line("body", hanzi=True)
        return QRectF(left, tile.top() + theme.px(6), tile.right() - left - theme.px(6), high)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A line for the caption."""
        line = QLineEdit(parent)
        line.setMaxLength(CAPTION_LENGTH)
        line.setAccessibleName(self.tr("Caption, also read out in place of the photo"))
        return line

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Over the caption, as high as it has to be."""
        rect = self.caption_rect(QRectF(option.rect)).toRect()
        rect.setHeight(editor.sizeHint().height())
        rect.setLeft(rect.left() - self._look.theme.px(6))
        editor.setGeometry(rect)

    def _picture(self, painter: QPainter, tile: QRectF, one: Attachment, picture: QPixmap) -> None:
        theme = self._look.theme
        side = theme.px(THUMBNAIL)
        box = QRectF(tile.left() + theme.px(4), tile.top() + theme.px(4), side, side)
        if picture.isNull():
            icon = "camera" if one.stage is Stage.WAITING else "file-text"
            painter.fillRect(box, theme.color("sunken"))
            drawn = self._look.icons.pixmap(icon, 20, "t2")
            gap = (side - theme.px(20)) / 2
            painter.drawPixmap(box.topLeft() + box.topLeft().__class__(gap, gap), drawn)
            return
        edge = min(picture.width(), picture.height())
        middle = QRectF((picture.width() - edge) / 2, (picture.height() - edge) / 2, edge, edge)
        painter.drawPixmap(box, picture, middle)


class AttachmentList(QListView):
    """One row of tiles: arrows move, Enter opens, F2 edits the caption, Del removes."""

    chosen = Signal(object)
    """An Attachment to be opened."""
    removed = Signal(object)

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.tiles = AttachmentModel(self)
        self.setModel(self.tiles)
        self._delegate = AttachmentDelegate(look, self)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(False)
        self.setUniformItemSizes(True)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.doubleClicked.connect(lambda _: self.open())
        self.set_theme(look.theme)

    def current(self) -> Attachment | None:
        """The one that the keys act on."""
        one = self.currentIndex().data(AttachmentModel.AttachmentRole)
        return one if isinstance(one, Attachment) else None

    def open(self) -> None:
        """Ask for the current one to be shown."""
        if (one := self.current()) is not None:
            self.chosen.emit(one)

    def remove(self) -> None:
        """Ask for the current one to be taken away."""
        if (one := self.current()) is not None:
            self.removed.emit(one)

    def caption(self) -> None:
        """Edit the caption of the current one."""
        if self.current() is not None:
            self.edit(self.currentIndex())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Del removes; all else moves or edits."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open()
        elif event.key() == Qt.Key.Key_Delete:
            self.remove()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The same three deeds, with their keys."""
        if self.current() is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, deed in (
            (self.tr("Open"), self.open),
            (self.tr("Caption"), self.caption),
            (self.tr("Remove"), self.remove),
        ):
            menu.addAction(text).triggered.connect(deed)
        menu.popup(event.globalPos())

    def set_theme(self, theme: Theme) -> None:
        """Fit the height to one row and its scroll bar."""
        self.setFixedHeight(theme.px(TILE[1] + 12) + 2 * theme.focus_width)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()


class AttachmentBar(QWidget):
    """Shows what is attached and takes what is dropped; it decides nothing."""

    asked = Signal()
    """A file is to be chosen in a dialog."""
    offered = Signal(object)
    """An Offer that was dropped here."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(self.tr("Photos and files"))
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.list = AttachmentList(look, self.tr("Photos and files of this note"))
        self.toast = Toast(look)
        self._attach = IconButton(look, "camera", self.tr("Attach…"), self.asked.emit, "quiet")
        tip = self.tr("Attach photos or files ({key})").format(key=key_text("Ctrl+Shift+A"))
        self._attach.setToolTip(tip)
        self._attach.setAccessibleName(self.tr("Attach photos or files"))
        self._deeds = [
            ToolButton(look, icon, name, deed)
            for icon, name, deed in (
                ("eye", self.tr("Open the attachment"), self.list.open),
                ("type", self.tr("Write its caption"), self.list.caption),
                ("trash-2", self.tr("Remove the attachment"), self.list.remove),
            )
        ]
        self._row = QHBoxLayout()
        self._row.addWidget(self._attach)
        self._row.addWidget(self.list, 1)
        for button in self._deeds:
            self._row.addWidget(button)
        self._row.addStretch(0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._row)
        column.addWidget(self.toast)
        tiles = self.list.tiles
        for signal in (tiles.modelReset, tiles.rowsInserted, tiles.rowsRemoved):
            signal.connect(self._arrange)
        self.list.selectionModel().currentChanged.connect(self._arrange)
        self._arrange()
        self.set_theme(look.theme)

    def show_attachments(self, attachments: list[Attachment]) -> None:
        """Show these; an undo that was offered is not any more."""
        self.toast.dismiss()
        self.list.tiles.show(attachments)

    def set_ready(self, ready: bool) -> None:
        """Nothing can be attached while the note is on its way."""
        self._attach.setEnabled(ready)
        self.setAcceptDrops(ready)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped here."""
        admit(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped."""
        offer = dropped(event)
        if offer is not None:
            self.offered.emit(offer)

    def set_theme(self, theme: Theme) -> None:
        """Set the distances."""
        self._row.setContentsMargins(theme.px(8), theme.px(2), theme.px(8), theme.px(2))
        self._row.setSpacing(theme.px(4))

    def _arrange(self, *_: object) -> None:
        some = self.list.tiles.rowCount() > 0
        self.list.setVisible(some)
        for button in self._deeds:
            button.setVisible(some)
            button.setEnabled(self.list.current() is not None)
