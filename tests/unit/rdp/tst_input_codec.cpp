#include "core/rdp/input_decoder.h"
#include "core/rdp/input_encoder.h"

#include <QTest>

using namespace sightline;
using Kind = RdpInput::Kind;
using Extension = ScancodeKey::Extension;

namespace {

std::vector<InputEvent> throughTheWire(InputEncoder& encoder, InputDecoder& decoder, const InputEvent& event)
{
    std::vector<InputEvent> out;
    for (const RdpInput& one : encoder.encode(event)) {
        for (const InputEvent& arrived : decoder.decode(one))
            out.push_back(arrived);
    }
    return out;
}

} // namespace

class TestInputCodec : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void writesFlags_data();
    void writesFlags();
    void arrivesAsItWas_data();
    void arrivesAsItWas();
    void splitsLargeTurns_data();
    void splitsLargeTurns();
    void movesBeforeItTurns();
    void ignoresThePositionOfAWheel();
    void makesOneKeyOfPause();
    void leavesOutWhatRdpCannotSay();
    void rejectsNonsense_data();
    void rejectsNonsense();
    void survivesEveryFlag();
};

void TestInputCodec::writesFlags_data()
{
    QTest::addColumn<InputEvent>("event");
    QTest::addColumn<RdpInput>("input");
    const auto row = [](const char* name, const InputEvent& event, const RdpInput& input) {
        QTest::newRow(name) << event << input;
    };
    // MS-RDPBCGR 2.2.8.1.1.3.1.1.
    row("move", PointerMove{{3, 4}}, {Kind::Mouse, 0x0800, 0, 3, 4});
    row("outside", PointerMove{{-3, 70000}}, {Kind::Mouse, 0x0800, 0, 0, 65535});
    row("left down", PointerButton{MouseButton::Left, true, {1, 2}}, {Kind::Mouse, 0x9000, 0, 1, 2});
    row("right up", PointerButton{MouseButton::Right, false, {1, 2}}, {Kind::Mouse, 0x2000, 0, 1, 2});
    row("middle down", PointerButton{MouseButton::Middle, true, {1, 2}}, {Kind::Mouse, 0xC000, 0, 1, 2});
    row("back down", PointerButton{MouseButton::Back, true, {1, 2}}, {Kind::ExtendedMouse, 0x8001, 0, 1, 2});
    row("forward up", PointerButton{MouseButton::Forward, false, {1, 2}},
        {Kind::ExtendedMouse, 0x0002, 0, 1, 2});
    row("a down", ScancodeKey{0x1E, Extension::None, true}, {Kind::Scancode, 0, 0x1E, 0, 0});
    row("right ctrl up", ScancodeKey{0x1D, Extension::E0, false}, {Kind::Scancode, 0x8100, 0x1D, 0, 0});
    row("unicode down", UnicodeKey{u'ß', true}, {Kind::Unicode, 0, 0xDF, 0, 0});
    row("unicode up", UnicodeKey{0xD83D, false}, {Kind::Unicode, 0x8000, 0xD83D, 0, 0});
    row("locks", LockKeys{true, false, true}, {Kind::Synchronize, 5, 0, 0, 0});
    row("no locks", LockKeys{}, {Kind::Synchronize, 0, 0, 0, 0});
}

void TestInputCodec::writesFlags()
{
    QFETCH(const InputEvent, event);
    QFETCH(const RdpInput, input);
    const auto written = InputEncoder().encode(event);
    QCOMPARE(written.size(), std::size_t(1));
    QVERIFY(written.front() == input);
}

void TestInputCodec::arrivesAsItWas_data()
{
    QTest::addColumn<InputEvent>("event");
    const auto row = [](const char* name, const InputEvent& event) { QTest::newRow(name) << event; };
    row("move", PointerMove{{65535, 0}});
    for (const auto button : {MouseButton::Left, MouseButton::Right, MouseButton::Middle, MouseButton::Back,
             MouseButton::Forward}) {
        for (const bool isPressed : {true, false})
            QTest::addRow("button %d %d", static_cast<int>(button), isPressed)
                << InputEvent(PointerButton{button, isPressed, {640, 480}});
    }
    for (int code = 1; code < 128; ++code) {
        for (const auto extension : {Extension::None, Extension::E0, Extension::E1})
            QTest::addRow("key %d %d", code, static_cast<int>(extension))
                << InputEvent(ScancodeKey{static_cast<std::uint8_t>(code), extension, code % 2 == 0});
    }
    row("unicode", UnicodeKey{u'é', true});
    row("surrogate", UnicodeKey{0xDE00, false});
    row("locks", LockKeys{false, true, false});
    row("scroll lock", LockKeys{true, false, false});
}

void TestInputCodec::arrivesAsItWas()
{
    QFETCH(const InputEvent, event);
    InputEncoder encoder;
    InputDecoder decoder;
    const auto arrived = throughTheWire(encoder, decoder, event);
    QCOMPARE(arrived.size(), std::size_t(1));
    QVERIFY(arrived.front() == event);
    QCOMPARE(decoder.rejected(), std::uint64_t(0));
}

void TestInputCodec::splitsLargeTurns_data()
{
    QTest::addColumn<int>("delta");
    QTest::addColumn<int>("parts");
    QTest::newRow("notch") << 120 << 1;
    QTest::newRow("back") << -120 << 1;
    QTest::newRow("smooth") << 7 << 1;
    QTest::newRow("largest") << 255 << 1;
    QTest::newRow("smallest") << -256 << 1;
    QTest::newRow("over") << 256 << 2;
    QTest::newRow("under") << -257 << 2;
    QTest::newRow("ten notches") << 1200 << 5;
    QTest::newRow("ten back") << -1200 << 5;
}

void TestInputCodec::splitsLargeTurns()
{
    QFETCH(const int, delta);
    QFETCH(const int, parts);
    for (const bool isHorizontal : {false, true}) {
        InputEncoder encoder;
        InputDecoder decoder;
        throughTheWire(encoder, decoder, PointerMove{{5, 6}});
        const auto arrived = throughTheWire(encoder, decoder, PointerWheel{isHorizontal, delta, {5, 6}});
        QCOMPARE(arrived.size(), static_cast<std::size_t>(parts));
        int sum = 0;
        for (const InputEvent& event : arrived) {
            const auto& wheel = std::get<PointerWheel>(event);
            QCOMPARE(wheel.isHorizontal, isHorizontal);
            QVERIFY((wheel.position == Point{5, 6}));
            QCOMPARE(wheel.delta < 0, delta < 0);
            sum += wheel.delta;
        }
        QCOMPARE(sum, delta);
    }
}

void TestInputCodec::movesBeforeItTurns()
{
    InputEncoder encoder;
    const auto first = encoder.encode(PointerWheel{false, 120, {9, 8}});
    QCOMPARE(first.size(), std::size_t(2));
    QVERIFY((first[0] == RdpInput{Kind::Mouse, 0x0800, 0, 9, 8}));
    QCOMPARE(first[1].flags, std::uint32_t(0x0278));
    QCOMPARE(encoder.encode(PointerWheel{false, -120, {9, 8}}).front().flags, std::uint32_t(0x0388));
    QCOMPARE(encoder.encode(PointerWheel{false, 120, {9, 9}}).size(), std::size_t(2));
}

void TestInputCodec::ignoresThePositionOfAWheel()
{
    // mstsc sends zeros there.
    InputDecoder decoder;
    decoder.decode({Kind::Mouse, 0x0800, 0, 70, 80});
    const auto events = decoder.decode({Kind::Mouse, 0x0478, 0, 0, 0});
    QCOMPARE(events.size(), std::size_t(1));
    QVERIFY((events.front() == InputEvent(PointerWheel{true, 120, {70, 80}})));
}

void TestInputCodec::makesOneKeyOfPause()
{
    InputEncoder encoder;
    InputDecoder decoder;
    const ScancodeKey pause{0x1D, Extension::E1, true};
    QCOMPARE(encoder.encode(pause).size(), std::size_t(2));
    const auto arrived = throughTheWire(encoder, decoder, pause);
    QCOMPARE(arrived.size(), std::size_t(1));
    QVERIFY(arrived.front() == InputEvent(pause));
    // Num Lock of its own is no part of it.
    const InputEvent numLock = ScancodeKey{0x45, Extension::None, true};
    QCOMPARE(throughTheWire(encoder, decoder, numLock).size(), std::size_t(1));
    decoder.decode({Kind::Scancode, 0x0200, 0x1D, 0, 0});
    QCOMPARE(decoder.decode({Kind::Scancode, 0, 0x1E, 0, 0}).size(), std::size_t(1));
    QCOMPARE(decoder.decode({Kind::Scancode, 0, 0x45, 0, 0}).size(), std::size_t(1));
}

void TestInputCodec::leavesOutWhatRdpCannotSay()
{
    InputEncoder encoder;
    QVERIFY(encoder.encode(ScancodeKey{0, Extension::None, true}).empty());
    QVERIFY(encoder.encode(ScancodeKey{128, Extension::None, true}).empty());
    QVERIFY(encoder.encode(UnicodeKey{0, true}).empty());
    QVERIFY(encoder.encode(PointerWheel{false, 0, {1, 1}}).empty());
}

void TestInputCodec::rejectsNonsense_data()
{
    QTest::addColumn<RdpInput>("input");
    const auto row = [](const char* name, const RdpInput& input) { QTest::newRow(name) << input; };
    row("nothing", {Kind::Mouse, 0, 0, 1, 1});
    row("down alone", {Kind::Mouse, 0x8000, 0, 1, 1});
    row("move with down", {Kind::Mouse, 0x8800, 0, 1, 1});
    row("rotation without wheel", {Kind::Mouse, 0x0801, 0, 1, 1});
    row("two wheels", {Kind::Mouse, 0x0678, 0, 1, 1});
    row("wheel with button", {Kind::Mouse, 0x1278, 0, 1, 1});
    row("wheel with move", {Kind::Mouse, 0x0A78, 0, 1, 1});
    row("no extended button", {Kind::ExtendedMouse, 0x8000, 0, 1, 1});
    row("unknown extended button", {Kind::ExtendedMouse, 0x8005, 0, 1, 1});
    row("scan code 0", {Kind::Scancode, 0, 0, 0, 0});
    row("scan code 128", {Kind::Scancode, 0, 128, 0, 0});
    row("two prefixes", {Kind::Scancode, 0x0300, 30, 0, 0});
    row("unknown key flag", {Kind::Scancode, 0x0001, 30, 0, 0});
    row("unit 0", {Kind::Unicode, 0, 0, 0, 0});
    row("unknown unicode flag", {Kind::Unicode, 0x0100, 65, 0, 0});
    row("unknown lock", {Kind::Synchronize, 0x10, 0, 0, 0});
}

void TestInputCodec::rejectsNonsense()
{
    QFETCH(const RdpInput, input);
    InputDecoder decoder;
    QVERIFY(decoder.decode(input).empty());
    QCOMPARE(decoder.rejected(), std::uint64_t(1));
}

void TestInputCodec::survivesEveryFlag()
{
    InputDecoder decoder;
    for (const auto kind :
        {Kind::Mouse, Kind::ExtendedMouse, Kind::Scancode, Kind::Unicode, Kind::Synchronize}) {
        for (std::uint32_t flags = 0; flags < 0x10000; ++flags) {
            const std::uint64_t before = decoder.rejected();
            const auto events = decoder.decode({kind, flags, 30, 7, 8});
            // Understood or counted; a wheel that did not turn is neither.
            const bool isStill = kind == Kind::Mouse && (flags == 0x0200 || flags == 0x0400);
            QVERIFY2(!events.empty() || decoder.rejected() == before + 1 || isStill,
                qPrintable(QString::number(flags, 16)));
            QVERIFY(events.size() <= 3);
        }
    }
}

QTEST_APPLESS_MAIN(TestInputCodec)
#include "tst_input_codec.moc"
