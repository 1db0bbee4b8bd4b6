#include "ui/target_previews.h"

#include "core/base/log.h"
#include "ui/shrink.h"

#include <functional>
#include <stop_token>
#include <utility>

namespace sightline {
namespace {

QImage imageOf(const PictureView& picture)
{
    return QImage(reinterpret_cast<const uchar*>(picture.pixels), picture.width, picture.height,
        picture.stride * 4, QImage::Format_RGB32)
        .copy();
}

QImage thumbnailOf(const PictureView& picture, QSize largest)
{
    QSize size(picture.width, picture.height);
    if (size.width() <= largest.width() && size.height() <= largest.height())
        return imageOf(picture);
    size = size.scaled(largest, Qt::KeepAspectRatio).expandedTo(QSize(1, 1));
    return imageOf(
        shrunk(picture, {size.width(), size.height()}, {0, 0, size.width(), size.height()}).view());
}

Result<QImage> grab(ScreenCapture& capture, const ShareTarget& target, QSize largest)
{
    const Result<std::vector<Monitor>> monitors = capture.monitors();
    if (!monitors)
        return monitors.error();
    const Result<Rect> area = target.areaOn(*monitors);
    if (!area)
        return area.error();
    if (const Result<void> set = capture.setArea(*area); !set)
        return set.error();
    const Result<GrabbedScreen> screen = capture.grab();
    if (!screen)
        return screen.error();
    return thumbnailOf(screen->picture, largest);
}

} // namespace

TargetPreviews::TargetPreviews(Conversation::CaptureFactory openCapture, std::vector<ShareTarget> targets,
    QSize largest, QObject* parent)
    : QObject(parent)
{
    const auto grabAll = [this, open = std::move(openCapture), all = std::move(targets), largest](
                             const std::stop_token& stop) {
        for (std::size_t i = 0; i < all.size() && !stop.stop_requested(); ++i) {
            // One each: after an error a capture is only good for destruction.
            const Result<std::unique_ptr<ScreenCapture>> capture = open();
            const Result<QImage> picture
                = capture ? grab(**capture, all[i], largest) : Result<QImage>(capture.error());
            // On the thread of this object and later, so that whoever made us has connected by then.
            if (picture)
                QMetaObject::invokeMethod(
                    this, [this, i, image = *picture] { Q_EMIT ready(static_cast<int>(i), image); },
                    Qt::QueuedConnection);
            else
                qCInfo(logUi) << "No preview:" << picture.error().toString();
        }
    };
    m_thread = std::jthread(grabAll);
}

TargetPreviews::~TargetPreviews() = default;

} // namespace sightline
