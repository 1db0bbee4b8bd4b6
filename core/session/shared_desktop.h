#pragma once

#include "core/base/result.h"
#include "core/session/share_target.h"

#include <QObject>

#include <functional>
#include <memory>
#include <vector>

namespace sightline {

class SharingSide;
class TargetWatch;

/// Which part of this desktop is shared, and where that is. It can be another one at any time, for the viewer
/// who sees it now, too. GUI thread.
class SharedDesktop : public QObject {
    Q_OBJECT
public:
    using CaptureFactory = std::function<Result<std::unique_ptr<ScreenCapture>>()>;

    SharedDesktop(SharingSide& sharing, CaptureFactory openCapture);
    ~SharedDesktop() override;

    /// NoDisplay, CaptureFailed.
    Result<std::vector<Monitor>> monitors() const;

    /// Where the target is now, and what it is called there; the errors of ShareTarget.
    Result<TargetPlace> locate(ShareTarget& target) const;

    /// Shares something else from now on, if sharing is on. Without a new invitation: the viewer's picture
    /// changes. When it fails nothing has changed.
    Result<void> changeTarget(const ShareTarget& target);
    ShareTarget target() const;

    /// In desktop coordinates, in the system's pixels, also while nobody sees it; empty while nothing is
    /// shared, and while that isHidden().
    Rect area() const { return m_area; }
    /// Something is shared that has nothing to show at the moment, a minimised window or an unplugged
    /// monitor: to the viewer it is paused.
    bool isHidden() const;

    /// These top-level windows of our own, by the system's numbers, are never in the picture, now and later.
    void excludeWindows(const std::vector<std::uint64_t>& windows);

Q_SIGNALS:
    void areaChanged(); ///< or isHidden()

private:
    void setArea(const Rect& area);
    void onStateChanged();
    void watch();

    SharingSide& m_sharing;
    const CaptureFactory m_openCapture;
    Rect m_area;
    std::unique_ptr<TargetWatch> m_watch; ///< while there is no session that tells where it is
    int m_watches = 0; ///< since the start: what an earlier one told does not count
};

} // namespace sightline
