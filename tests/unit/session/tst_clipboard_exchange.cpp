#include "core/session/clipboard_exchange.h"

#include <QSignalSpy>
#include <QTest>

using namespace sightline;

namespace {

using Formats = std::vector<ClipboardFormat>;

const ClipboardContent kText{.text = QStringLiteral("Grüße\n漢"), .png = {}, .dib = {}};

/// One side, with the channel seen by the test.
struct Side {
    Side()
        : changed(&exchange, &ClipboardExchange::remoteChanged)
        , refused(&exchange, &ClipboardExchange::remoteRefused)
    {
        exchange.attach({.offer = [this](const Formats& formats) { offers.push_back(formats); },
            .request = [this](ClipboardFormat format) { requests.push_back(format); }});
    }

    void answer(ClipboardFormat format, std::optional<QByteArray> data)
    {
        std::optional<Bytes> octets;
        if (data)
            octets = Bytes(data->begin(), data->end());
        exchange.onReceived(format, octets);
        QCoreApplication::processEvents();
    }

    ClipboardExchange exchange;
    QSignalSpy changed;
    QSignalSpy refused;
    std::vector<Formats> offers;
    Formats requests;
};

} // namespace

class TestClipboardExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void nothingWithoutControl();
    void newCopyIsOffered();
    void presentContentIsOfferedOnRequestOnly();
    void lossOfControlTakesItBack();
    void directions();
    void fetchesTextAndOnePicture();
    void refusedContent();
    void answerToAnEarlierOffer();
};

void TestClipboardExchange::nothingWithoutControl()
{
    Side side;
    side.exchange.setLocal(kText);
    side.exchange.onOffered({ClipboardFormat::Text});
    QVERIFY(side.offers.empty());
    QVERIFY(side.requests.empty());
    QVERIFY(!side.exchange.onWanted(ClipboardFormat::Text));
}

void TestClipboardExchange::newCopyIsOffered()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.setLocal(kText);
    QCOMPARE(side.offers, (std::vector<Formats>{{ClipboardFormat::Text}}));
    QCOMPARE(toByteArray(*side.exchange.onWanted(ClipboardFormat::Text)), kText.text.toUtf8());
    QVERIFY(!side.exchange.onWanted(ClipboardFormat::Png));
}

void TestClipboardExchange::presentContentIsOfferedOnRequestOnly()
{
    Side sharer;
    sharer.exchange.setLocal(kText);
    sharer.exchange.setActive(true, false);
    QVERIFY(sharer.offers.empty());
    QVERIFY(!sharer.exchange.onWanted(ClipboardFormat::Text));
    Side viewer;
    viewer.exchange.setLocal(kText);
    viewer.exchange.setActive(true, true);
    QCOMPARE(viewer.offers.size(), std::size_t(1));
}

void TestClipboardExchange::lossOfControlTakesItBack()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.setLocal(kText);
    side.exchange.setActive(false, false);
    QCOMPARE(side.offers.back(), Formats{});
    QVERIFY(!side.exchange.onWanted(ClipboardFormat::Text));
    side.exchange.setActive(true, false);
    QVERIFY(!side.exchange.onWanted(ClipboardFormat::Text));
}

void TestClipboardExchange::directions()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.setDirections({.send = false, .receive = true});
    side.exchange.setLocal(kText);
    QVERIFY(side.offers.empty());
    side.exchange.onOffered({ClipboardFormat::Text});
    QCOMPARE(side.requests.size(), std::size_t(1));
    side.exchange.setDirections({.send = true, .receive = false});
    side.exchange.onOffered({ClipboardFormat::Text});
    side.answer(ClipboardFormat::Text, QByteArray("late"));
    QCOMPARE(side.requests.size(), std::size_t(1));
    QVERIFY(side.changed.isEmpty());
    side.exchange.setLocal(kText);
    QCOMPARE(side.offers.size(), std::size_t(1));
}

void TestClipboardExchange::fetchesTextAndOnePicture()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.onOffered({ClipboardFormat::Dib, ClipboardFormat::Text, ClipboardFormat::Png});
    QCOMPARE(side.requests, (Formats{ClipboardFormat::Text, ClipboardFormat::Png}));
    side.answer(ClipboardFormat::Text, kText.text.toUtf8());
    QVERIFY(side.changed.isEmpty());
    side.answer(ClipboardFormat::Png, QByteArray("png"));
    QCOMPARE(side.changed.size(), 1);
    const auto content = side.changed[0][0].value<ClipboardContent>();
    QCOMPARE(content, (ClipboardContent{.text = kText.text, .png = "png", .dib = {}}));
}

void TestClipboardExchange::refusedContent()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.onOffered({ClipboardFormat::Png});
    side.answer(ClipboardFormat::Png, std::nullopt);
    QVERIFY(side.changed.isEmpty());
    QCOMPARE(side.refused.size(), 1);
}

void TestClipboardExchange::answerToAnEarlierOffer()
{
    Side side;
    side.exchange.setActive(true, false);
    side.exchange.onOffered({ClipboardFormat::Text, ClipboardFormat::Png});
    side.exchange.onOffered({ClipboardFormat::Text});
    side.answer(ClipboardFormat::Png, std::nullopt);
    QVERIFY(side.changed.isEmpty() && side.refused.isEmpty());
    side.answer(ClipboardFormat::Text, kText.text.toUtf8());
    QCOMPARE(side.changed.size(), 1);
}

QTEST_GUILESS_MAIN(TestClipboardExchange)
#include "tst_clipboard_exchange.moc"
