#pragma once

#include "core/session/conversation.h"

#include <QDialog>

#include <vector>

class QListWidget;
class QPushButton;

namespace sightline {

class TargetPreviews;

/// Where one chooses what to share, by what it looks like: the whole desktop, or one of its monitors. GUI
/// thread.
class SharePicker : public QDialog {
    Q_OBJECT
public:
    SharePicker(const std::vector<Monitor>& monitors, Conversation::CaptureFactory openCapture,
        QWidget* parent = nullptr);
    ~SharePicker() override;

Q_SIGNALS:
    void chosen(const sightline::ShareTarget& target);

private:
    QWidget* buildButtons();
    void addTarget(const QString& name, const ShareTarget& target);
    void showPreview(int index, const QImage& picture);
    void choose();

    std::vector<ShareTarget> m_targets;
    QListWidget* m_list;
    QPushButton* m_share = nullptr;
    TargetPreviews* m_previews = nullptr;
};

/// A monitor as people call it: "Monitor 1 (eDP-1), 1920 × 1080, main".
QString monitorText(const Monitor& monitor, int number);

} // namespace sightline
