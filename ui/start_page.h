#pragma once

#include "core/session/conversation.h"

#include <QWidget>

class QLabel;
class QLineEdit;

namespace sightline {

class SharePanel;

/// What one sees first: one's name, and the two things to do: share, or open a link. GUI thread.
class StartPage : public QWidget {
    Q_OBJECT
public:
    explicit StartPage(QWidget* parent = nullptr);

    void setDisplayName(const QString& name);
    QString displayName() const;
    SharePanel& sharePanel() { return *m_sharePanel; }
    void clearLink();
    /// Says, above the name, what it is for, and waits there for it.
    void welcome();

Q_SIGNALS:
    void displayNameChanged(const QString& name); ///< never empty
    void newMeetingChosen(); ///< one with settings
    void linkChosen(const sightline::MeetingLink& link);

private:
    QWidget* buildWelcome();
    void takeName();
    QWidget* buildShareBox();
    QWidget* buildLinkBox();
    void openLink();

    QWidget* m_welcome;
    QLineEdit* m_name;
    SharePanel* m_sharePanel;
    QLineEdit* m_link;
    QLabel* m_linkError;
};

} // namespace sightline
