#pragma once

#include "core/session/conversation.h"

#include <QObject>

#include <memory>

namespace sightline {

class ShareBar;
class ShareFrame;

/// The bar and the frame on the shared desktop, there as long as somebody sees it or may come to; neither is
/// in the shared picture. Follows `conversation`, which outlives it. GUI thread.
class ShareOverlay : public QObject {
    Q_OBJECT
public:
    explicit ShareOverlay(Conversation& conversation);
    ~ShareOverlay() override;

private:
    void connectBar();
    void connectScreens();
    void shareNextMonitor();
    void refresh();
    void followArea();

    Conversation& m_conversation;
    std::unique_ptr<ShareBar> m_bar;
    std::unique_ptr<ShareFrame> m_frame;
};

} // namespace sightline
