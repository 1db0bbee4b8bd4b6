#pragma once

#include "core/session/conversation.h"
#include "ui/banner.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace sightline {

class BannerStack;

/// The messages to somebody who wants to see a desktop and does not yet: waits to be let in, was not, or saw
/// the end of it. All given outlive it. GUI thread.
class ViewingBanners : public QObject {
    Q_OBJECT
public:
    /// While `isViewerOpen` a viewer window says itself why it ended, in the place where one looks.
    ViewingBanners(Conversation& conversation, BannerStack& banners, std::function<bool()> isViewerOpen,
        QObject* parent);

private:
    void onViewingStateChanged();
    void onViewingEnded(const Error& error);
    void evaluate();
    void showWaiting(const QString& text);
    void stopWaiting();
    void say(Banner::Kind kind, const QString& text);
    const Participant* sharer() const; ///< somebody else who shares; null: nobody

    Conversation& m_conversation;
    BannerStack& m_banners;
    const std::function<bool()> m_isViewerOpen;
    QString m_waitsFor; ///< entity; empty: we do not wait
    QString m_waitsForName;
    QString m_answeredBy; ///< entity of a sharer who has decided on us
    QTimer m_delay;
    QTimer m_patience;
};

} // namespace sightline
