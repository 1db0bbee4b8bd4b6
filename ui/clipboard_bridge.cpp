#include "ui/clipboard_bridge.h"

#include "ui/dib.h"

#include <QBuffer>
#include <QClipboard>
#include <QGuiApplication>
#include <QImage>
#include <QMimeData>
#include <QPointer>
#include <QThreadPool>

#include <memory>
#include <utility>

namespace sightline {
namespace {

// What came from the other side is not sent back to it.
const QString kFromRemote = QStringLiteral("application/x-sightline-remote");
const QString kPng = QStringLiteral("image/png");

QByteArray pngOf(const QImage& image)
{
    QByteArray octets;
    QBuffer buffer(&octets);
    buffer.open(QIODevice::WriteOnly);
    // Quick rather than small: somebody is about to paste it.
    constexpr int kQuick = 80;
    image.save(&buffer, "PNG", kQuick);
    return octets;
}

} // namespace

ClipboardBridge::ClipboardBridge(SessionClipboard& shared, QObject* parent)
    : QObject(parent)
    , m_shared(shared)
{
    connect(QGuiApplication::clipboard(), &QClipboard::dataChanged, this, &ClipboardBridge::readClipboard);
    connect(&shared, &SessionClipboard::sharedChanged, this, [this] {
        if (m_shared.sharesPresent())
            readClipboard();
    });
    connect(&shared, &SessionClipboard::remoteChanged, this, &ClipboardBridge::writeClipboard);
}

void ClipboardBridge::readClipboard()
{
    ++m_generation;
    if (!m_shared.isShared())
        return;
    const QMimeData* data = QGuiApplication::clipboard()->mimeData();
    if (!data || data->hasFormat(kFromRemote))
        return;
    ClipboardContent content;
    if (data->hasText())
        content.text = data->text();
    if (data->hasFormat(kPng)) {
        content.png = data->data(kPng);
    } else if (data->hasImage()) {
        compress(data->imageData().value<QImage>(), content);
        return;
    }
    m_shared.setLocal(content);
}

void ClipboardBridge::compress(const QImage& image, ClipboardContent content)
{
    QThreadPool::globalInstance()->start(
        [self = QPointer(this), generation = m_generation, image, content = std::move(content)]() mutable {
            content.png = pngOf(image);
            QMetaObject::invokeMethod(qApp, [self, generation, content] {
                if (self && self->m_generation == generation)
                    self->m_shared.setLocal(content);
            });
        });
}

void ClipboardBridge::writeClipboard(const ClipboardContent& content)
{
    const QImage image
        = content.png.isEmpty() ? imageFromDib(content.dib) : QImage::fromData(content.png, "PNG");
    // A picture that cannot be read does not cost what is in the clipboard.
    if (image.isNull() && content.text.isEmpty())
        return;
    auto data = std::make_unique<QMimeData>();
    data->setData(kFromRemote, QByteArray("1"));
    if (!content.text.isEmpty())
        data->setText(content.text);
    if (!image.isNull())
        data->setImageData(image);
    QGuiApplication::clipboard()->setMimeData(data.release());
}

} // namespace sightline
