#pragma once

#include "core/session/remote_screen.h"
#include "core/session/session_statistics.h"
#include "ui/drawing_tally.h"

#include <QTimer>
#include <QWidget>

namespace sightline {

class RemoteView;

/// For people who look into how a picture comes about: tints what was just drawn with the colour of its
/// codec, and says how much of each there was in the last second, beside the figures of the status line. Lies
/// over the picture of `view`, its parent; takes no input. GUI thread; `screen` outlives it.
class DebugOverlay : public QWidget {
    Q_OBJECT
public:
    DebugOverlay(RemoteScreen& screen, RemoteView& view);
    ~DebugOverlay() override;

    /// Costs nothing while it is not shown.
    void setShown(bool isShown);
    bool isShown() const { return m_isShown; }
    void setStatistics(const SessionStatistics& statistics);
    /// What the panel says, line by line.
    QStringList lines() const;

protected:
    bool eventFilter(QObject* object, QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void onPainted();
    void onTick();

    RemoteScreen& m_screen;
    RemoteView& m_view;
    DrawingTally m_tally;
    SessionStatistics m_statistics;
    QTimer m_tick; ///< runs while something is tinted or counted
    bool m_isShown = false;
};

} // namespace sightline
