#pragma once

#include "core/session/conversation.h"
#include "ui/monitor_choice.h"
#include "ui/view_geometry.h"

#include <QWidget>

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

class QShortcut;

namespace sightline {

class DebugOverlay;
class RemoteView;
class StatusLine;
class ViewerBar;
class ViewNotice;

struct ViewerOptions {
    bool fullScreen = false;
    ViewScale scale = ViewScale::Fit;
    bool debugOverlay = false;
    /// The lock keys of this desktop, for the other one to follow while we control it; null: unknown.
    std::function<std::optional<LockKeys>()> lockKeys = {};
};

/// The window in which we see somebody's desktop: a slim bar, the picture, a status line. GUI thread.
///
/// Follows `conversation`, which outlives it, through waiting, viewing and the end, and back when somebody
/// shares again; it shows the last picture, greyed, and why it ended. It takes the size of the remote desktop
/// when the first picture comes. Closing it stops viewing and leaves the meeting alone.
class ViewerWindow : public QWidget {
    Q_OBJECT
public:
    explicit ViewerWindow(Conversation& conversation, ViewerOptions options = {}, QWidget* parent = nullptr);

    void setScale(ViewScale scale);
    /// Also before the window is shown for the first time.
    void setFullScreen(bool fullScreen);

Q_SIGNALS:
    void closed();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void build();
    void addShortcuts();
    void connectConversation();
    void onViewingStateChanged();
    void onControlChanged();
    void onEnded(const Error& error);
    void onNoticeAction();
    void refresh();
    void adoptPictureSize();
    void showMonitor(std::optional<std::size_t> index); ///< none: all
    void followMonitors();
    QString sharerName() const;

    Conversation& m_conversation;
    ViewerBar* m_bar;
    RemoteView* m_view;
    StatusLine* m_status;
    ViewNotice* m_notice;
    DebugOverlay* m_overlay;
    MonitorChoice m_choice;
    std::vector<QShortcut*> m_monitorKeys;
    std::optional<ErrorCode> m_endedBy;
    QString m_sharer; ///< who shares, or did last
    QSize m_adoptedSize; ///< that we gave the window; another one: the user did
    QRect m_normalGeometry;
    QMargins m_normalFrame;
    bool m_isFullScreen = false;
};

} // namespace sightline
