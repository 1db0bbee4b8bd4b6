#pragma once

#include "core/base/result.h"
#include "core/session/share_target.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace sightline {

class SharingSide;

/// Which part of this desktop is shared, and where that is. It can be another one at any time, for the viewer
/// who sees it now, too. GUI thread.
class SharedDesktop : public QObject {
    Q_OBJECT
public:
    using CaptureFactory = std::function<Result<std::unique_ptr<ScreenCapture>>()>;

    SharedDesktop(SharingSide& sharing, CaptureFactory openCapture);

    /// NoDisplay, CaptureFailed.
    Result<std::vector<Monitor>> monitors() const;

    /// Where the target is now; the errors of ShareTarget.
    Result<Rect> locate(const ShareTarget& target) const;

    /// Shares something else from now on, if sharing is on. Without a new invitation: the viewer's picture
    /// changes. When it fails nothing has changed.
    Result<void> changeTarget(const ShareTarget& target);
    ShareTarget target() const;

    /// In desktop coordinates, in the system's pixels; empty while nothing is shared, and while it is
    /// minimised.
    Rect area() const { return m_area; }
    /// To be called when the desktop has other monitors than before; needed only while nobody sees it.
    void refresh();

    /// These top-level windows of our own, by the system's numbers, are never in the picture, now and later.
    void excludeWindows(const std::vector<std::uint64_t>& windows);

Q_SIGNALS:
    void areaChanged();

private:
    void setArea(const Rect& area);

    SharingSide& m_sharing;
    const CaptureFactory m_openCapture;
    Rect m_area;
};

} // namespace sightline
