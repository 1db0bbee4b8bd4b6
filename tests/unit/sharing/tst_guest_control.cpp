#include "core/sharing/guest_control.h"

#include <QTest>

#include <algorithm>

using namespace sightline;
using namespace std::chrono_literals;

namespace {

constexpr std::uint32_t kGuest = 5;
constexpr std::uint16_t kAsk = EncomspControlChange::kRequestView | EncomspControlChange::kRequestInteract;

InputEvent click(bool isPressed = true)
{
    PointerButton button;
    button.isPressed = isPressed;
    return button;
}

InputEvent keyDown()
{
    ScancodeKey key;
    key.isPressed = true;
    return key;
}

} // namespace

class TestGuestControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aClickAsksOnce();
    void movesAskForNothing();
    void whoControlsShowsThatItLives();

private:
    int asked() const
    {
        return static_cast<int>(std::count_if(m_toSharer.begin(), m_toSharer.end(),
            [](const EncomspPdu& pdu) { return std::get<EncomspControlChange>(pdu).flags == kAsk; }));
    }

    std::vector<EncomspPdu> m_toSharer;
};

void TestGuestControl::aClickAsksOnce()
{
    m_toSharer.clear();
    ControlRelay relay({.toSharer = [this](const EncomspPdu& pdu) { m_toSharer.push_back(pdu); },
        .inputToSharer = [](const InputEvent&) {},
        .controllerChanged = [](std::uint32_t) {}});
    relay.addViewer(kGuest, QStringLiteral("Guest"), [](const EncomspPdu&) {});
    GuestControl guest(relay, kGuest);
    const TimePoint start{1h};
    guest.input(click(), start);
    guest.input(keyDown(), start + 1s);
    QCOMPARE(asked(), 1);
    QCOMPARE(std::get<EncomspControlChange>(m_toSharer.back()).participant, kGuest);
    // Refused, or not answered: not every click is another question.
    guest.input(click(), start + GuestControl::kPatience - 1ms);
    QCOMPARE(asked(), 1);
    guest.input(click(), start + GuestControl::kPatience);
    QCOMPARE(asked(), 2);
}

void TestGuestControl::movesAskForNothing()
{
    m_toSharer.clear();
    ControlRelay relay({.toSharer = [this](const EncomspPdu& pdu) { m_toSharer.push_back(pdu); },
        .inputToSharer = [](const InputEvent&) {},
        .controllerChanged = [](std::uint32_t) {}});
    relay.addViewer(kGuest, QStringLiteral("Guest"), [](const EncomspPdu&) {});
    GuestControl guest(relay, kGuest);
    guest.input(PointerMove{}, TimePoint{1h});
    guest.input(click(false), TimePoint{1h});
    guest.input(LockKeys{}, TimePoint{1h});
    QCOMPARE(asked(), 0);
}

void TestGuestControl::whoControlsShowsThatItLives()
{
    m_toSharer.clear();
    ControlRelay relay({.toSharer = [this](const EncomspPdu& pdu) { m_toSharer.push_back(pdu); },
        .inputToSharer = [](const InputEvent&) {},
        .controllerChanged = [](std::uint32_t) {}});
    relay.addViewer(kGuest, QStringLiteral("Guest"), [](const EncomspPdu&) {});
    GuestControl guest(relay, kGuest);
    relay.fromSharer(
        EncomspParticipant{kGuest, 0, EncomspParticipant::kMayView | EncomspParticipant::kMayInteract, {}});
    QCOMPARE(relay.controller(), kGuest);
    QTRY_VERIFY(m_toSharer.size() >= 2);
    for (const EncomspPdu& pdu : m_toSharer)
        QCOMPARE(std::get<EncomspControlChange>(pdu).flags, EncomspControlChange::kAllowControlRequests);
    // Nothing to ask for.
    guest.input(click(), TimePoint{1h});
    QCOMPARE(asked(), 0);
}

QTEST_GUILESS_MAIN(TestGuestControl)
#include "tst_guest_control.moc"
