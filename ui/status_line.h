#pragma once

#include "core/session/session_statistics.h"

#include <QWidget>

class QLabel;

namespace sightline {

/// One line of figures below a picture, and the security code. GUI thread.
class StatusLine : public QWidget {
    Q_OBJECT
public:
    explicit StatusLine(QWidget* parent = nullptr);

    void setStatistics(const SessionStatistics& statistics, bool isThroughServer = false);
    /// Empty: there is none to compare.
    void setSecurityCode(const QString& code);
    /// Instead of a security code: the picture goes through it.
    void setServer(const QString& server);
    void clear();

private:
    QLabel* m_path;
    QLabel* m_roundTrip;
    QLabel* m_frames;
    QLabel* m_rate;
    QLabel* m_securityCode;
};

/// Why there is a security code, and what to do with it.
QString securityCodeExplanation();

/// That the picture goes through this server, and what that means.
QString throughServerText(const QString& server);
QString throughServerExplanation();

} // namespace sightline
