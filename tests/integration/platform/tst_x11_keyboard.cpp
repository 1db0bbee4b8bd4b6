#include "platform/linux/x11/x11_lock_keys.h"
#include "tests/integration/platform/input_desk.h"

#include <QTest>

using namespace sightline;

class TestX11Keyboard : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void heldModifiersAreAdjustedForTheMoment();
    void repeatKeepsTheCharacter();
    void shortcuts_data();
    void shortcuts();
    void scancodes();
    void lockKeys();
    void capsLockChangesNoText();
    void unknownCharacters();
    void spareKeysAreGivenBack();
    void manyUnknownCharacters();
    void layoutChangesMeanwhile();
    void secondGroup();

private:
    /// One desktop for several rows: what has bound keys goes on after a second only.
    const Desk* desk(const QString& layout);

    std::unique_ptr<Desk> m_desk;
};

const Desk* TestX11Keyboard::desk(const QString& layout)
{
    if (!m_desk)
        m_desk = std::make_unique<Desk>();
    if (!m_desk->isReady || !m_desk->useLayout(layout))
        return nullptr;
    m_desk->client->catchUp();
    m_desk->client->forget();
    return m_desk.get();
}

void TestX11Keyboard::text_data()
{
    QTest::addColumn<QString>("layout");
    for (const char* layout : {"us", "de", "fr", "ch", "it", "es", "ru"})
        QTest::newRow(layout) << QString::fromLatin1(layout);
}

void TestX11Keyboard::text()
{
    QFETCH(QString, layout);
    const Desk* const there = desk(layout);
    QVERIFY(there);
    const QString text = QString::fromUtf8("Grüße, Ça va? ¿Señor? Ещё раз! {[a@b.c]}|\\~ È à 100 % €");
    there->type(text);
    QVERIFY(there->settle());
    QCOMPARE(there->client->text(), text);
    QCOMPARE(there->client->modifiersDown(), 0);
}

void TestX11Keyboard::heldModifiersAreAdjustedForTheMoment()
{
    const Desk desk(QStringLiteral("fr"));
    QVERIFY(desk.isReady);
    // As a US viewer types a quotation mark: with Shift. Here the key must be pressed without.
    desk.injector->inject(pressed(kLeftShift));
    desk.type(QStringLiteral("\""));
    desk.type(QStringLiteral("A"));
    desk.injector->inject(kLeftShift);
    QCOMPARE(desk.story(), QStringLiteral("+Shift_L -Shift_L +quotedbl -quotedbl +Shift_L +A -A -Shift_L"));
    // Shift is let go while it is lifted: nothing may bring it back.
    desk.injector->inject(pressed(kLeftShift));
    desk.injector->inject(UnicodeKey{u'"', true});
    desk.injector->inject(kLeftShift);
    desk.injector->inject(UnicodeKey{u'"', false});
    QCOMPARE(desk.story(), QStringLiteral("+Shift_L -Shift_L +quotedbl -quotedbl"));
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11Keyboard::repeatKeepsTheCharacter()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.injector->inject(UnicodeKey{u'%', true});
    // Also of somebody who sends the repetitions: they count for nothing, the server repeats.
    desk.injector->inject(UnicodeKey{u'%', true});
    QVERIFY(desk.client->waitUntil([&] { return desk.client->text().size() >= 4; }));
    desk.injector->inject(UnicodeKey{u'%', false});
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), QString(desk.client->text().size(), QLatin1Char('%')));
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11Keyboard::shortcuts_data()
{
    QTest::addColumn<QString>("layout");
    QTest::addColumn<int>("keycode"); // of the key that a person there presses for Z
    QTest::addColumn<QString>("symbol");
    QTest::newRow("us") << QStringLiteral("us") << 52 << QStringLiteral("z");
    QTest::newRow("de") << QStringLiteral("de") << 29 << QStringLiteral("z");
    QTest::newRow("fr") << QStringLiteral("fr") << 25 << QStringLiteral("z");
    QTest::newRow("ru") << QStringLiteral("ru") << 52 << QStringLiteral("Cyrillic_ya");
    QTest::newRow("ru,us") << QStringLiteral("ru,us") << 52 << QStringLiteral("Cyrillic_ya");
}

void TestX11Keyboard::shortcuts()
{
    QFETCH(QString, layout);
    QFETCH(int, keycode);
    QFETCH(QString, symbol);
    const Desk desk(layout);
    QVERIFY(desk.isReady);
    desk.injector->inject(pressed(kLeftCtrl));
    desk.type(QStringLiteral("z"));
    desk.injector->inject(kLeftCtrl);
    QCOMPARE(desk.story(), QStringLiteral("+Control_L +%1 -%1 -Control_L").arg(symbol));

    desk.injector->inject(pressed(kLeftCtrl));
    desk.injector->inject(pressed(kLeftShift));
    desk.type(QStringLiteral("z"));
    QVERIFY(desk.settle());
    const auto& press = desk.client->events()[2];
    QCOMPARE(press.detail, keycode);
    QCOMPARE(press.modifiers, 5);
}

void TestX11Keyboard::scancodes()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const auto e0 = ScancodeKey::Extension::E0;
    const std::vector<std::pair<ScancodeKey, QString>> keys{{{0x01}, QStringLiteral("Escape")},
        {{0x3B}, QStringLiteral("F1")}, {{0x58}, QStringLiteral("F12")}, {{0x0F}, QStringLiteral("Tab")},
        {{0x1C}, QStringLiteral("Return")}, {{0x1C, e0}, QStringLiteral("KP_Enter")},
        {{0x4B, e0}, QStringLiteral("Left")}, {{0x53, e0}, QStringLiteral("Delete")},
        {{0x4D}, QStringLiteral("KP_Right")}, {{0x5B, e0}, QStringLiteral("Super_L")},
        {{0x56}, QStringLiteral("less")}, {{0x37, e0}, QStringLiteral("Print")},
        {{0x1D, ScancodeKey::Extension::E1}, QStringLiteral("Pause")}};
    QString expected;
    for (const auto& [key, name] : keys) {
        desk.injector->inject(pressed(key));
        desk.injector->inject(key);
        expected += QStringLiteral("+%1 -%1 ").arg(name);
    }
    desk.injector->inject(pressed({0x7F})); // no such key
    QCOMPARE(desk.story(), expected.trimmed());
}

void TestX11Keyboard::lockKeys()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    desk.client->lockModifiers(0xff, 0);
    const auto set = [&desk](const LockKeys& keys) {
        desk.injector->inject(keys);
        return desk.settle() ? readLockKeys(desk.server->displayName()) : std::nullopt;
    };
    QCOMPARE(set({.num = true, .caps = true}), (LockKeys{.num = true, .caps = true}));
    QCOMPARE(set({.num = true}), (LockKeys{.num = true}));
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), LockKeys{});

    // The keys themselves, too; and what somebody else has changed since stays so.
    desk.injector->inject(pressed({0x3A}));
    desk.injector->inject(ScancodeKey{0x3A});
    desk.injector->inject(LockKeys{.num = true, .caps = true});
    QVERIFY(desk.settle());
    desk.client->lockModifiers(kLock, 0);
    desk.client->lockModifiers(0x10, 0);
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), LockKeys{});
    desk.client->lockModifiers(kLock, kLock);
    desk.injector->inject(LockKeys{.num = true});
    desk.injector->releaseAll();
    QVERIFY(desk.settle());
    QCOMPARE(readLockKeys(desk.server->displayName()), (LockKeys{.caps = true}));
}

void TestX11Keyboard::capsLockChangesNoText()
{
    for (const char* layout : {"us", "fr", "ru"}) {
        const Desk* const there = desk(QString::fromLatin1(layout));
        QVERIFY(there);
        there->client->lockModifiers(kLock, kLock);
        const QString text = QString::fromUtf8("aBc 12 éÀ Яя");
        there->type(text);
        QVERIFY(there->settle());
        QCOMPARE(there->client->text(), text);
        QCOMPARE(there->client->modifiersLocked(), kLock);
        there->client->lockModifiers(kLock, 0);
    }
}

void TestX11Keyboard::unknownCharacters()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const QString text = QString::fromUtf8("Жж 你好 ∀ß 😀 ΩωA");
    desk.type(text);
    QVERIFY(desk.settle());
    QCOMPARE(desk.client->text(), text);
    QCOMPARE(desk.client->modifiersDown(), 0);
}

void TestX11Keyboard::spareKeysAreGivenBack()
{
    Desk desk;
    QVERIFY(desk.isReady);
    std::vector<std::vector<unsigned>> before;
    for (int key = 8; key < 256; ++key)
        before.push_back(desk.client->symbolsOf(key));
    desk.type(QString::fromUtf8("жщ你"));
    QVERIFY(desk.settle());
    int changed = 0;
    for (int key = 8; key < 256; ++key)
        changed += desk.client->symbolsOf(key) != before[static_cast<std::size_t>(key - 8)] ? 1 : 0;
    QCOMPARE(changed, 3);
    desk.injector.reset();
    for (int key = 8; key < 256; ++key)
        QCOMPARE(desk.client->symbolsOf(key), before[static_cast<std::size_t>(key - 8)]);
}

void TestX11Keyboard::manyUnknownCharacters()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    QString text;
    for (char16_t i = 0; i < 100; ++i)
        text += QChar(static_cast<char16_t>(0x4E00 + i * 3));
    // In pieces: a program that falls a second behind the keyboard cannot be helped, and a busy machine makes
    // one.
    for (qsizetype i = 0; i < text.size(); i += 5) {
        desk.type(text.mid(i, 5));
        QVERIFY(desk.settle());
    }
    QCOMPARE(desk.client->text(), text);
}

void TestX11Keyboard::layoutChangesMeanwhile()
{
    const Desk desk;
    QVERIFY(desk.isReady);
    const QString text = QString::fromUtf8("yz@ Жщ");
    for (const char* layout : {"de", "ru", "fr", "us"}) {
        QVERIFY(desk.useLayout(QString::fromLatin1(layout)));
        desk.type(text);
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), text);
        desk.client->forget();
    }
}

void TestX11Keyboard::secondGroup()
{
    const Desk desk(QStringLiteral("us,ru"));
    QVERIFY(desk.isReady);
    for (const int group : {0, 1}) {
        desk.client->lockGroup(group);
        const QString text = QString::fromUtf8("Abc Где?");
        desk.type(text);
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), text);
        desk.client->forget();
        // It is again what it was: a key pressed by its place says so.
        desk.injector->inject(pressed({0x1E}));
        desk.injector->inject(ScancodeKey{0x1E});
        QVERIFY(desk.settle());
        QCOMPARE(desk.client->text(), QString::fromUtf8(group == 0 ? "a" : "ф"));
        desk.client->forget();
    }
}

QTEST_GUILESS_MAIN(TestX11Keyboard)
#include "tst_x11_keyboard.moc"
