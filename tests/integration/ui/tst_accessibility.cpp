#include "core/session/presence.h"
#include "tests/integration/session/conversation_pair.h"
#include "tests/support/widget_search.h"
#include "ui/banner_stack.h"
#include "ui/main_window.h"
#include "ui/settings_dialog.h"
#include "ui/share_bar.h"
#include "ui/share_overlay.h"
#include "ui/share_picker.h"
#include "ui/viewer_window.h"

#include "platform/synthetic/pattern_capture.h"

#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QSet>
#include <QTest>

using namespace sightline;

// Whoever does not see a window, or does not use a mouse: each control that takes the keyboard says what it
// is, and the Tab key comes to all of them.

namespace {

bool takesTheKeyboard(const QWidget& widget)
{
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus
        && !widget.focusProxy();
}

QString describe(const QWidget& widget)
{
    QString text;
    QDebug(&text) << &widget << widget.accessibleName();
    return text;
}

QString describeAll(const QSet<QWidget*>& widgets)
{
    QStringList all;
    for (const QWidget* each : widgets)
        all.append(describe(*each));
    return all.join(QStringLiteral(", "));
}

QList<QWidget*> controlsOf(const QWidget& window)
{
    QList<QWidget*> controls;
    for (QWidget* widget : window.findChildren<QWidget*>()) {
        if (takesTheKeyboard(*widget) && widget->window() == &window)
            controls.append(widget);
    }
    return controls;
}

QString nameOf(QWidget& widget)
{
    QAccessibleInterface* const interface = QAccessible::queryAccessibleInterface(&widget);
    return interface ? interface->text(QAccessible::Name) : QString();
}

/// Of buttons that exclude each other Tab comes to one; the arrow keys go on from there.
bool isReachedWith(const QWidget& control, const QSet<QWidget*>& reached)
{
    const auto* button = qobject_cast<const QAbstractButton*>(&control);
    const auto isExclusive = [](const QAbstractButton& each) {
        return each.autoExclusive() || (each.group() && each.group()->exclusive());
    };
    return button && isExclusive(*button)
        && std::any_of(reached.begin(), reached.end(), [&](const QWidget* each) {
               const auto* other = qobject_cast<const QAbstractButton*>(each);
               return other && isExclusive(*other) && other->parent() == button->parent();
           });
}

/// Empty: all is well.
QString complaintAbout(QWidget& window)
{
    QCoreApplication::processEvents(); // that new children are shown
    const QList<QWidget*> controls = controlsOf(window);
    if (controls.isEmpty())
        return describe(window) + QStringLiteral(" has no controls");
    for (QWidget* control : controls) {
        if (nameOf(*control).trimmed().isEmpty())
            return describe(*control) + QStringLiteral(" has no name");
    }
    window.activateWindow();
    if (!QTest::qWaitForWindowActive(&window))
        return QStringLiteral("the window does not get the keyboard");
    QSet<QWidget*> reached;
    controls.front()->setFocus();
    for (qsizetype i = 0; i <= 2 * controls.size(); ++i) {
        QWidget* const focus = window.focusWidget();
        if (!focus)
            break;
        reached.insert(focus);
        QTest::keyClick(focus, Qt::Key_Tab);
    }
    for (QWidget* control : controls) {
        if (!reached.contains(control) && !isReachedWith(*control, reached))
            return describe(*control) + QStringLiteral(" is not reached by Tab, only ")
                + describeAll(reached);
    }
    for (QWidget* each : std::as_const(reached)) {
        if (!controls.contains(each))
            return describe(*each) + QStringLiteral(" has the keyboard and is no control");
    }
    return {};
}

template <typename Window> Window* shown()
{
    for (QWidget* widget : QApplication::topLevelWidgets()) {
        if (auto* window = qobject_cast<Window*>(widget); window && window->isVisible())
            return window;
    }
    return nullptr;
}

#define IS_ACCESSIBLE(window)                                                                                \
    do {                                                                                                     \
        const QString complaint = complaintAbout(window);                                                    \
        QVERIFY2(complaint.isEmpty(), qPrintable(complaint));                                                \
    } while (false)

} // namespace

class TestAccessibility : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void startPage();
    void settings_data();
    void settings();
    void picker();
    void banners();
    void whileADesktopIsShared();
};

void TestAccessibility::startPage()
{
    Conversation conversation({.displayName = QStringLiteral("Anna"), .openCapture = {}, .openInjector = {}});
    Presence presence(conversation);
    MainWindow window(conversation, {}, QStringLiteral("Anna"));
    window.showPeople(presence);
    window.show();
    IS_ACCESSIBLE(window);
}

void TestAccessibility::settings_data()
{
    QTest::addColumn<QString>("server");
    QTest::newRow("own server") << QString();
    QTest::newRow("another server") << QStringLiteral("https://share.example.org:7443");
}

void TestAccessibility::settings()
{
    QFETCH(QString, server);
    SettingsDialog dialog({.name = QStringLiteral("Ada"), .server = server},
        {.server = [](const QString&) { return QString(); },
            .hotkey = [](const Hotkey&) { return QString(); }},
        true);
    dialog.show();
    IS_ACCESSIBLE(dialog);
}

void TestAccessibility::picker()
{
    const auto screen = std::make_shared<PatternScreen>(Size{640, 200});
    const auto capture = [screen]() -> Result<std::unique_ptr<ScreenCapture>> {
        return std::unique_ptr<ScreenCapture>(std::make_unique<PatternCapture>(screen));
    };
    SharePicker picker({{.name = QStringLiteral("left"), .rect = {0, 0, 320, 200}},
                           {.name = QStringLiteral("right"), .rect = {320, 0, 320, 200}}},
        capture, nullptr);
    picker.show();
    IS_ACCESSIBLE(picker);
}

void TestAccessibility::banners()
{
    BannerStack stack;
    Banner& question
        = stack.add(QStringLiteral("question"), Banner::Kind::Question, QStringLiteral("May I?"));
    question.addAnswer(QStringLiteral("Allow"), [] {});
    question.addAnswer(QStringLiteral("Deny"), [] {});
    stack.add(QStringLiteral("news"), Banner::Kind::Warning, QStringLiteral("It rains.")).addDismissal();
    stack.show();
    IS_ACCESSIBLE(stack);
}

void TestAccessibility::whileADesktopIsShared()
{
    ConversationPair pair;
    MainWindow annas(*pair.anna, {});
    MainWindow veras(*pair.vera, {});
    annas.show();
    veras.show();
    const ShareOverlay overlay(*pair.anna);
    QVERIFY(pair.connect());
    for (int i = 0; i < 2; ++i) {
        QTRY_VERIFY(shown<ViewerWindow>());
        IS_ACCESSIBLE(annas);
        IS_ACCESSIBLE(veras);
        // The bar does not take the keyboard from the programs below, but names what it has.
        auto* bar = shown<ShareBar>();
        QVERIFY(bar);
        for (QWidget* control : controlsOf(*bar))
            QVERIFY2(!nameOf(*control).isEmpty(), qPrintable(describe(*control)));
        ViewerWindow& viewer = *shown<ViewerWindow>();
        for (QWidget* control : controlsOf(viewer))
            QVERIFY2(!nameOf(*control).isEmpty(), qPrintable(describe(*control)));
        if (i == 0) // with control the keys go to the other desktop, Tab too
            IS_ACCESSIBLE(viewer);
        pair.anna->control().grant();
        QVERIFY(pair.becomes(ControlState::Granted));
    }
}

QTEST_MAIN(TestAccessibility)
#include "tst_accessibility.moc"
