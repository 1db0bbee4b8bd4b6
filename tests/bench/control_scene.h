#pragma once

#include "core/base/result.h"
#include "tests/e2e/app_process.h"
#include "tests/support/x11_hands.h"
#include "tests/support/xvfb.h"

#include <QProcess>

#include <memory>

namespace sightline {

/// Somebody who controls another's desktop, as it is in real life: two X servers of one size, the app's
/// processes, a terminal on the host's, and the viewer full screen on its own, so that a place on one is the
/// same place on the other.
class ControlScene {
public:
    /// Of the terminal's window, on both screens.
    static constexpr int kLeft = 100;
    static constexpr int kTop = 60;
    static constexpr int kWidth = 700;
    static constexpr int kHeight = 500;

    /// The network namespaces that the two apps run in; empty: this one.
    struct Networks {
        QString host;
        QString viewer;
    };

    /// Ready when the viewer controls the host.
    static Result<std::unique_ptr<ControlScene>> start(
        const QStringList& screen, const Networks& networks = {});
    ~ControlScene();

    const Xvfb& hostScreen() const { return *m_hostScreen; }
    const Xvfb& viewerScreen() const { return *m_viewerScreen; }
    const AppProcess& host() const { return *m_host; }
    const AppProcess& viewer() const { return *m_viewer; }
    X11Hands& viewerHands() { return *m_hands; }

private:
    ControlScene() = default;
    Result<void> startScreens(const QStringList& screen);
    Result<void> startTerminal();
    Result<void> startApps(const Networks& networks);

    std::unique_ptr<Xvfb> m_hostScreen;
    std::unique_ptr<Xvfb> m_viewerScreen;
    QProcess m_terminal;
    std::unique_ptr<AppProcess> m_host;
    std::unique_ptr<AppProcess> m_viewer;
    std::unique_ptr<X11Hands> m_hands;
};

} // namespace sightline
