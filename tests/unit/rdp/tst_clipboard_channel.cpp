#include "core/rdp/clipboard_channel.h"

#include <QTest>

using namespace sightline;

using Formats = std::vector<ClipboardFormat>;

namespace {

Bytes octets(const char* text)
{
    const QByteArray array(text);
    return {array.begin(), array.end()};
}

/// One end, and what its handlers were told.
struct End {
    explicit End(ClipboardChannel::Role role)
        : channel(role,
            {.offered = [this](const Formats& formats) { offers.push_back(formats); },
                .wanted = [this](ClipboardFormat format) -> std::optional<Bytes> {
                    const auto found = content.find(format);
                    return found == content.end() ? std::nullopt : std::optional(found->second);
                },
                .received
                = [this](ClipboardFormat format,
                      std::optional<Bytes> data) { answers.emplace_back(format, std::move(data)); }})
    {
    }

    void copy(std::map<ClipboardFormat, Bytes> what)
    {
        content = std::move(what);
        Formats formats;
        for (const auto& [format, data] : content)
            formats.push_back(format);
        channel.offer(formats);
    }

    std::map<ClipboardFormat, Bytes> content;
    std::vector<Formats> offers;
    std::vector<std::pair<ClipboardFormat, std::optional<Bytes>>> answers;
    ClipboardChannel channel;
};

struct Pair {
    void run()
    {
        for (bool moved = true; moved;)
            moved = move(server, client) || move(client, server);
    }

    static bool move(End& from, End& to)
    {
        const auto chunk = from.channel.next(1600);
        if (chunk && !to.channel.receive(*chunk))
            qFatal("a good chunk was refused");
        return chunk.has_value();
    }

    void start()
    {
        server.channel.start();
        client.channel.start();
        run();
    }

    End server{ClipboardChannel::Role::Server};
    End client{ClipboardChannel::Role::Client};
};

Result<void> give(End& end, const Bytes& message)
{
    return end.channel.receive({message, ChannelChunk::kFirst | ChannelChunk::kLast, message.size()});
}

} // namespace

class TestClipboardChannel : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void specExample();
    void formatListsReadAgain_data();
    void formatListsReadAgain();
    void malformed_data();
    void malformed();
    void textOnTheWire_data();
    void textOnTheWire();
    void bothWays();
    void offeredBeforeTheChannel();
    void largeContent();
    void tooLargeContent();
    void refused();
    void newOfferVoidsRequest();
    void answerThatNobodyAskedFor();
    void requestsWithoutEnd();
};

void TestClipboardChannel::specExample()
{
    // MS-RDPECLIP 4.1.2, 4.3.1.1 and 4.4.1.1: capabilities, monitor ready, a data request.
    const auto read = [](const char* hex) {
        const QByteArray raw = QByteArray::fromHex(hex);
        return *parseClipboardPdu(viewOf(raw), false);
    };
    QCOMPARE(std::get<ClipboardCapabilities>(read("070000001000000001000000 01000c00020000000e000000")),
        ClipboardCapabilities{.longFormatNames = true});
    QVERIFY(std::holds_alternative<ClipboardMonitorReady>(read("0100000000000000")));
    QCOMPARE(std::get<ClipboardDataRequest>(read("04000000040000000d000000")), ClipboardDataRequest{13});
    QCOMPARE(clipboardMessage(ClipboardDataRequest{13}, true), [] {
        const QByteArray raw = QByteArray::fromHex("04000000040000000d000000");
        return Bytes(raw.begin(), raw.end());
    }());
}

void TestClipboardChannel::formatListsReadAgain_data()
{
    QTest::addColumn<bool>("longNames");
    QTest::newRow("long") << true;
    QTest::newRow("short") << false;
}

void TestClipboardChannel::formatListsReadAgain()
{
    QFETCH(const bool, longNames);
    const ClipboardFormatList list{
        {{13, u""}, {0xC001, u"PNG"}, {0xC002, u"a rather long name of a format"}}};
    const auto read = parseClipboardPdu(clipboardMessage(list, longNames), longNames);
    QVERIFY(read);
    const auto& again = std::get<ClipboardFormatList>(*read);
    QCOMPARE(again.formats.size(), std::size_t(3));
    QCOMPARE(again.formats[1], list.formats[1]);
    QCOMPARE(again.formats[2].name, longNames ? list.formats[2].name : list.formats[2].name.substr(0, 15));
}

void TestClipboardChannel::malformed_data()
{
    QTest::addColumn<QByteArray>("message");
    const auto row
        = [](const char* name, const char* hex) { QTest::newRow(name) << QByteArray::fromHex(hex); };
    row("empty", "");
    row("half a header", "01000000");
    row("longer than it is", "0100000001000000");
    row("capabilities cut", "0700000002000000 0100");
    row("capability without a length", "0700000008000000 01000000 01000000");
    row("capability too long", "0700000008000000 01000000 01000c00");
    row("general capability too short", "0700000008000000 01000000 01000400");
    row("format cut", "0200000003000000 0d0000");
    row("name without an end", "0200000008000000 0d000000 41004200");
    row("request for nothing", "0400000002000000 0d00");
}

void TestClipboardChannel::malformed()
{
    QFETCH(const QByteArray, message);
    const auto result = parseClipboardPdu(viewOf(message), true);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::ParseFailed);
}

void TestClipboardChannel::textOnTheWire_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("lines") << QByteArray("one\ntwo\n\nfour");
    QTest::newRow("beyond ASCII") << QByteArray("Größe Ж 漢 😀");
}

void TestClipboardChannel::textOnTheWire()
{
    QFETCH(const QByteArray, text);
    const Bytes wire = clipboardTextToWire(viewOf(text));
    QCOMPARE(wire.size() % 2, std::size_t(0));
    QVERIFY(wire.size() >= 2 && wire[wire.size() - 1] == 0 && wire[wire.size() - 2] == 0);
    QCOMPARE(wire.size() >= 6 && text.contains('\n'), toByteArray(wire).contains(QByteArray("\r\0\n\0", 4)));
    QCOMPARE(toByteArray(clipboardTextFromWire(wire)), text);
}

void TestClipboardChannel::bothWays()
{
    Pair pair;
    pair.start();
    pair.server.copy({{ClipboardFormat::Text, octets("from the host\nsecond line")}});
    pair.run();
    QCOMPARE(pair.client.offers.back(), Formats{ClipboardFormat::Text});
    pair.client.channel.request(ClipboardFormat::Text);
    pair.run();
    QCOMPARE(*pair.client.answers.back().second, octets("from the host\nsecond line"));

    pair.client.copy({{ClipboardFormat::Png, octets("\x89PNG...")}, {ClipboardFormat::Dib, octets("dib")}});
    pair.run();
    QCOMPARE(pair.server.offers.back(), (Formats{ClipboardFormat::Png, ClipboardFormat::Dib}));
    pair.server.channel.request(ClipboardFormat::Dib);
    pair.server.channel.request(ClipboardFormat::Png);
    pair.run();
    QCOMPARE(pair.server.answers.size(), std::size_t(2));
    QCOMPARE(*pair.server.answers[0].second, octets("dib"));
    QCOMPARE(*pair.server.answers[1].second, octets("\x89PNG..."));
}

void TestClipboardChannel::offeredBeforeTheChannel()
{
    Pair pair;
    pair.server.copy({{ClipboardFormat::Text, octets("s")}});
    pair.client.copy({{ClipboardFormat::Text, octets("c")}});
    pair.start();
    QCOMPARE(pair.server.offers, (std::vector<Formats>{Formats{ClipboardFormat::Text}}));
    QCOMPARE(pair.client.offers, (std::vector<Formats>{Formats{ClipboardFormat::Text}}));
}

void TestClipboardChannel::largeContent()
{
    Pair pair;
    pair.start();
    Bytes picture(3'000'000);
    for (std::size_t i = 0; i < picture.size(); ++i)
        picture[i] = std::uint8_t(i * 7919 >> 3);
    pair.server.copy({{ClipboardFormat::Png, picture}});
    pair.run();
    pair.client.channel.request(ClipboardFormat::Png);
    pair.run();
    QCOMPARE(*pair.client.answers.back().second, picture);
}

void TestClipboardChannel::tooLargeContent()
{
    Pair pair;
    pair.start();
    pair.server.copy({{ClipboardFormat::Png, Bytes(ClipboardChannel::kMaxContent + 1)}});
    pair.run();
    pair.client.channel.request(ClipboardFormat::Png);
    pair.run();
    QVERIFY(!pair.client.answers.back().second);
}

void TestClipboardChannel::refused()
{
    Pair pair;
    pair.start();
    pair.server.copy({{ClipboardFormat::Text, octets("secret")}});
    pair.run();
    pair.server.content.clear();
    pair.client.channel.request(ClipboardFormat::Text);
    pair.client.channel.request(ClipboardFormat::Png); // was never offered
    pair.run();
    QCOMPARE(pair.client.answers.size(), std::size_t(2));
    QVERIFY(!pair.client.answers[0].second);
    QVERIFY(!pair.client.answers[1].second);
}

void TestClipboardChannel::newOfferVoidsRequest()
{
    Pair pair;
    pair.start();
    pair.server.copy({{ClipboardFormat::Text, octets("old")}});
    pair.run();
    pair.client.channel.request(ClipboardFormat::Text);
    QVERIFY(Pair::move(pair.client, pair.server)); // asked
    pair.server.copy({{ClipboardFormat::Text, octets("new")}}); // behind the answer
    QVERIFY(Pair::move(pair.server, pair.client));
    QCOMPARE(*pair.client.answers.back().second, octets("old"));

    pair.run();
    pair.client.channel.request(ClipboardFormat::Text); // on its way while the offer comes
    pair.server.copy({{ClipboardFormat::Text, octets("newest")}});
    QVERIFY(Pair::move(pair.server, pair.client));
    pair.client.channel.request(ClipboardFormat::Text);
    pair.run();
    QCOMPARE(pair.client.answers.size(), std::size_t(2));
    QCOMPARE(*pair.client.answers.back().second, octets("newest"));
}

void TestClipboardChannel::answerThatNobodyAskedFor()
{
    Pair pair;
    pair.start();
    const Bytes text = clipboardTextToWire(octets("pushed"));
    QVERIFY(!give(pair.server, clipboardMessage(ClipboardDataResponse{true, text}, true)));
    QVERIFY(pair.server.answers.empty());
}

void TestClipboardChannel::requestsWithoutEnd()
{
    Pair pair;
    pair.start();
    pair.server.copy({{ClipboardFormat::Text, Bytes(1'000'000, 'x')}});
    pair.run();
    const Bytes request = clipboardMessage(ClipboardDataRequest{13}, true);
    Result<void> result;
    int taken = 0;
    for (; result && taken < 100'000; ++taken)
        result = give(pair.server, request);
    QVERIFY(!result);
    QCOMPARE(result.error().code(), ErrorCode::TooLarge);
    std::size_t waiting = 0;
    while (const auto chunk = pair.server.channel.next(1600))
        waiting += chunk->data.size();
    QVERIFY(waiting < 3'000'000); // one answer, the others were refused
}

QTEST_APPLESS_MAIN(TestClipboardChannel)
#include "tst_clipboard_channel.moc"
