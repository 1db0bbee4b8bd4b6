#include <QApplication>
#include <QLineEdit>
#include <QPlainTextEdit>

#include <cstdio>
#include <memory>

namespace {

/// One line per change, in which a line end is a line end of the text no more.
void print(const QString& text)
{
    std::fprintf(stdout, "%s\n", text.toUtf8().toPercentEncoding().constData());
    std::fflush(stdout);
}

} // namespace

// A program of somebody else, made with Qt: `text_field line` has a field for one line, `text_field page` one
// for many. Prints what is in it, after each change, in percent encoding.
int main(int argc, char** argv)
{
    const QApplication application(argc, argv);
    QWidget* field = nullptr;
    if (application.arguments().value(1) == QLatin1StringView("line")) {
        auto* line = new QLineEdit;
        QObject::connect(line, &QLineEdit::textChanged, line, print);
        field = line;
    } else {
        auto* page = new QPlainTextEdit;
        QObject::connect(page, &QPlainTextEdit::textChanged, page, [page] { print(page->toPlainText()); });
        field = page;
    }
    const std::unique_ptr<QWidget> owner(field);
    owner->setWindowTitle(QStringLiteral("text field"));
    owner->setGeometry(100, 100, 500, 200);
    owner->show();
    return application.exec();
}
