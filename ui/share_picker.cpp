#include "ui/share_picker.h"

#include "ui/icon.h"
#include "ui/target_previews.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <utility>

namespace sightline {
namespace {

constexpr QSize kThumbnail{224, 140};
constexpr int kLargestDensity = 2; // of the screens that the pictures are made for

QPixmap framed(const QImage& picture, qreal density, const QPalette& palette)
{
    QPixmap canvas(kThumbnail * density);
    canvas.setDevicePixelRatio(density);
    canvas.fill(palette.color(QPalette::Midlight));
    QPainter painter(&canvas);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    const QSize size = picture.size().scaled(kThumbnail, Qt::KeepAspectRatio);
    const QRect target(
        QPoint((kThumbnail.width() - size.width()) / 2, (kThumbnail.height() - size.height()) / 2), size);
    if (!picture.isNull())
        painter.drawImage(target, picture);
    painter.setPen(palette.color(QPalette::Mid));
    painter.drawRect(QRectF(QPointF(), QSizeF(kThumbnail)).adjusted(0.5, 0.5, -0.5, -0.5));
    return canvas;
}

} // namespace

QString monitorText(const Monitor& monitor, int number)
{
    QString text = SharePicker::tr("Monitor %1").arg(number);
    if (!monitor.name.isEmpty())
        text = SharePicker::tr("%1 (%2)", "monitor and its name").arg(text, monitor.name);
    text = SharePicker::tr("%1, %2 × %3").arg(text).arg(monitor.rect.width).arg(monitor.rect.height);
    return monitor.isPrimary ? SharePicker::tr("%1, main").arg(text) : text;
}

SharePicker::SharePicker(
    const std::vector<Monitor>& monitors, Conversation::CaptureFactory openCapture, QWidget* parent)
    : QDialog(parent)
    , m_list(new QListWidget)
{
    setWindowTitle(tr("Share my desktop"));
    m_list->setAccessibleName(tr("What to share"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setMovement(QListView::Static);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setWordWrap(true);
    m_list->setSpacing(6);
    m_list->setIconSize(kThumbnail);
    m_list->setGridSize(kThumbnail + QSize(24, 2 * fontMetrics().height() + 24));
    auto* question = new QLabel(tr("&What do you want to show?"));
    question->setBuddy(m_list);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(question);
    layout->addWidget(m_list, 1);
    layout->addWidget(buildButtons());
    m_share->setDefault(true);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &SharePicker::choose);

    addTarget(tr("The whole desktop"), {});
    for (int i = 0; const Monitor& monitor : monitors) {
        addTarget(
            monitorText(monitor, i + 1), {.kind = ShareTarget::Kind::Monitor, .monitor = i, .region = {}});
        ++i;
    }
    m_list->setCurrentRow(0);
    m_previews = new TargetPreviews(std::move(openCapture), m_targets, kThumbnail * kLargestDensity, this);
    connect(m_previews, &TargetPreviews::ready, this, &SharePicker::showPreview, Qt::QueuedConnection);
    const int columns = std::min(static_cast<int>(m_targets.size()), 3);
    resize(columns * m_list->gridSize().width() + 60, m_list->gridSize().height() + 130);
}

SharePicker::~SharePicker() = default;

QWidget* SharePicker::buildButtons()
{
    auto* buttons = new QDialogButtonBox;
    QPushButton* const share = buttons->addButton(tr("&Share"), QDialogButtonBox::AcceptRole);
    share->setIcon(icon(Symbol::Share));
    share->setAccessibleName(tr("Share what is selected"));
    QPushButton* const cancel = buttons->addButton(tr("&Cancel"), QDialogButtonBox::RejectRole);
    cancel->setAccessibleName(tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SharePicker::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_share = share;
    return buttons;
}

void SharePicker::addTarget(const QString& name, const ShareTarget& target)
{
    auto* item = new QListWidgetItem(name, m_list);
    item->setIcon(framed({}, devicePixelRatioF(), palette()));
    item->setToolTip(name.toHtmlEscaped());
    m_targets.push_back(target);
}

void SharePicker::showPreview(int index, const QImage& picture)
{
    if (QListWidgetItem* const item = m_list->item(index))
        item->setIcon(framed(picture, devicePixelRatioF(), palette()));
}

void SharePicker::choose()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    accept();
    Q_EMIT chosen(ShareTarget(m_targets[static_cast<std::size_t>(row)]));
}

} // namespace sightline
