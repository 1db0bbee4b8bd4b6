#include "tests/policy/source_policy.h"

#include <QFileInfo>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace sightline {

namespace {

constexpr int kMaxLines = 400;

// Sources that may be longer. A file comes in here with a reason, or not at all.
const QStringList kLongFiles{};

/// A folder or a file, which folders or files of ours it may include, and which modules of Qt. The first that fits a
/// path counts.
struct Layer {
    QString folder;
    QStringList mayInclude;
    QStringList qtModules;
};

QString latin1(const char* text)
{
    return QString::fromLatin1(text);
}

QStringList words(const char* text)
{
    return latin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

const std::vector<Layer>& layers()
{
    static const std::vector<Layer> all{
        {latin1("core/base"), words("core/base"), words("QtCore")},
        // Pixels and codecs know no Qt; only the name of a monitor is a QString.
        {latin1("core/graphics/screen_capture.h"), words("core/graphics core/base"), words("QtCore")},
        {latin1("core/graphics"), words("core/graphics core/base"), {}},
        // Packets know no Qt sockets: that is libnice's; Qt only lists the machine's addresses.
        {latin1("core/transport/local_addresses.cpp"), words("core/transport core/base"),
            words("QtCore QtNetwork")},
        {latin1("core/transport"), words("core/transport core/base"), words("QtCore")},
        {latin1("core/signaling"), words("core/signaling core/base"), words("QtCore QtNetwork QtWebSockets")},
        {latin1("core/rdp"), words("core/rdp core/transport core/graphics core/base"), words("QtCore")},
        {latin1("core/media"), words("core/media core/rdp core/signaling core/transport core/base"),
            words("QtCore")},
        {latin1("core/sharing"),
            words("core/sharing core/relay core/media core/rdp core/signaling core/transport core/graphics "
                  "core/base"),
            words("QtCore QtNetwork")},
        // Of the channels only the packing of messages.
        {latin1("core/relay"), words("core/relay core/rdp/gfx_message_packer.h core/graphics core/base"), {}},
        {latin1("core/session"),
            words("core/session core/media core/rdp core/signaling core/transport core/graphics core/base"),
            words("QtCore QtNetwork")},
        {latin1("core/conference"),
            words("core/conference core/sharing core/rdp core/signaling core/transport core/graphics core/base"),
            words("QtCore QtNetwork QtSql QtWebSockets")},
        // Of what is below the session, only plain values: errors and pictures.
        {latin1("ui"), words("ui core/session core/graphics core/base"), words("QtCore QtGui QtWidgets")},
        {latin1("platform"), words("platform core/graphics core/base"), words("QtCore")},
        {latin1("app"), words("app ui platform core"),
            words("QtCore QtGui QtWidgets QtNetwork QtWebSockets")},
        {latin1("tests"), words("tests app ui platform core"),
            words("QtCore QtGui QtWidgets QtNetwork QtSql QtWebSockets QtTest QtConcurrent")},
    };
    return all;
}

/// Headers of a library, and the paths (their beginnings) that may include them.
struct Library {
    QString name;
    QRegularExpression headers;
    QStringList allowed;
};

const std::vector<Library>& libraries()
{
    const auto pattern = [](const char* text) { return QRegularExpression(latin1(text)); };
    static const std::vector<Library> all{
        {latin1("FreeRDP"), pattern("^(freerdp|winpr)\\d*/"),
            words("core/rdp/ tests/unit/rdp/ tests/integration/rdp/ tests/integration/graphics/ "
                  "tests/fuzz/zgfx_")},
        {latin1("libnice and GLib"), pattern("^(nice/|gio/|glib|gobject/|agent\\.h$)"),
            words("core/transport/ tests/unit/transport/ tests/integration/transport/")},
        {latin1("libsrtp"), pattern("^srtp2?/"), words("core/transport/ tests/unit/transport/")},
        {latin1("OpenSSL"), pattern("^openssl/"),
            words("core/transport/ core/rdp/host_certificate core/conference/own_certificate tests/")},
        {latin1("X11"), pattern("^(xcb|X11|xkbcommon)/"),
            words("platform/linux/x11/ tests/support/ tests/e2e/ tests/bench/")},
        {latin1("libavcodec"), pattern("^(libav|x264)"),
            words("core/graphics/h264_ tests/unit/graphics/tst_h264")},
    };
    return all;
}

// Names that would tie a script of ours to one host; packages come from where the machine has them from.
const QRegularExpression& registryNames()
{
    static const QRegularExpression names(latin1("\\b((deb|security|ftp|snapshot|archive)[\\w.-]*\\.(debian|"
                                                 "ubuntu)\\.(org|com)|pypi\\.org|pythonhosted\\.org"
                                                 "|registry\\.npmjs\\.org|crates\\.io|proxy\\.golang\\.org|"
                                                 "github\\.com|githubusercontent\\.com|docker\\.io"
                                                 "|ghcr\\.io|quay\\.io)\\b"));
    return names;
}

bool startsWithAny(const QString& path, const QStringList& beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(),
        [&path](const QString& beginning) { return path.startsWith(beginning); });
}

bool isSource(const QString& path)
{
    return path.endsWith(QLatin1StringView(".cpp")) || path.endsWith(QLatin1StringView(".h"))
        || path.endsWith(QLatin1StringView(".c"));
}

bool isScript(const QString& path)
{
    return startsWithAny(path, words("installer/ tests/ .ci/")) && !isSource(path)
        && !path.contains(QLatin1StringView("/corpus/")) && !path.endsWith(QLatin1StringView(".md"));
}

const Layer* layerOf(const QString& path)
{
    const auto found = std::find_if(layers().begin(), layers().end(), [&path](const Layer& layer) {
        return path == layer.folder || path.startsWith(layer.folder + QLatin1Char('/'));
    });
    return found == layers().end() ? nullptr : &*found;
}

/// A line without a comment at its end. Strings that contain two slashes lose their end too, which no rule
/// minds.
QString withoutComment(const QString& line)
{
    const qsizetype slashes = line.indexOf(QLatin1StringView("//"));
    return slashes < 0 ? line : line.left(slashes);
}

} // namespace

QString Violation::toString() const
{
    return QStringLiteral("%1:%2: %3").arg(file).arg(line).arg(rule);
}

SourcePolicy::SourcePolicy(QString qtIncludeFolder)
    : m_qtIncludeFolder(std::move(qtIncludeFolder))
{
}

bool SourcePolicy::isChecked(const QString& path)
{
    return isSource(path) || isScript(path);
}

QString SourcePolicy::moduleOf(const QString& header) const
{
    if (header.startsWith(QLatin1StringView("Qt")) && header.contains(QLatin1Char('/')))
        return header.section(QLatin1Char('/'), 0, 0);
    if (!header.startsWith(QLatin1Char('Q')) && !header.startsWith(QLatin1Char('q')))
        return {};
    for (const QString& module : words("QtCore QtGui QtWidgets QtNetwork QtWebSockets QtTest "
                                       "QtConcurrent QtSql QtXml QtDBus")) {
        if (QFileInfo::exists(QStringLiteral("%1/%2/%3").arg(m_qtIncludeFolder, module, header)))
            return module;
    }
    return {};
}

/// What is wrong with this include; empty when nothing is.
QString SourcePolicy::checkInclude(const QString& path, const QString& header, bool isQuoted) const
{
    const Layer* layer = layerOf(path);
    if (layer == nullptr)
        return {};
    if (isQuoted) {
        const bool isBeside = !header.contains(QLatin1Char('/'));
        if (isBeside && layer->folder == QLatin1StringView("tests"))
            return {}; // tests may have small headers of their own, which no layer sees
        if (isBeside)
            return QStringLiteral("includes \"%1\" without its path from the root").arg(header);
        const bool isAllowed = std::any_of(layer->mayInclude.begin(), layer->mayInclude.end(),
            [&header](const QString& allowed) {
                return header == allowed || header.startsWith(allowed + QLatin1Char('/'));
            });
        return isAllowed ? QString() : QStringLiteral("%1 may not include \"%2\"").arg(layer->folder, header);
    }
    for (const Library& library : libraries()) {
        if (library.headers.match(header).hasMatch() && !startsWithAny(path, library.allowed))
            return QStringLiteral("%1 is not for this file (<%2>)").arg(library.name, header);
    }
    const QString module = moduleOf(header);
    if (!module.isEmpty() && !layer->qtModules.contains(module))
        return QStringLiteral("%1 may not use %2 (<%3>)").arg(layer->folder, module, header);
    return {};
}

std::vector<Violation> SourcePolicy::check(const QString& path, const QString& text) const
{
    static const QRegularExpression include(latin1("^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"));
    static const QRegularExpression usingNamespace(latin1("^\\s*using\\s+namespace\\b"));
    static const QRegularExpression wallClock(latin1(
        "system_clock|SinceEpoch|currentDateTime|currentTime\\(|gettimeofday|CLOCK_REALTIME|\\btime\\("));
    // Nothing there may wait longer or give up sooner because somebody set the clock.
    const bool isTimed
        = startsWithAny(path, words("core/base/ core/transport/ core/media/ core/sharing/ core/session/ core/signaling/"));
    std::vector<Violation> violations;
    const auto report = [&](int line, const QString& rule) {
        if (!rule.isEmpty())
            violations.push_back({path, line, rule});
    };
    const bool isHeader = path.endsWith(QLatin1StringView(".h"));
    QStringList lines = text.split(QLatin1Char('\n'));
    if (lines.last().isEmpty())
        lines.removeLast();

    for (int i = 0; i < lines.size(); ++i) {
        if (isScript(path)) {
            if (const auto match = registryNames().match(lines[i]); match.hasMatch())
                report(i + 1, QStringLiteral("names the registry %1").arg(match.captured()));
            continue;
        }
        const QString line = withoutComment(lines[i]);
        if (const auto match = include.match(lines[i]); match.hasMatch())
            report(i + 1, checkInclude(path, match.captured(2), match.captured(1) == QLatin1Char('"')));
        if (isHeader && usingNamespace.match(line).hasMatch())
            report(i + 1, QStringLiteral("using namespace in a header"));
        if (isTimed && wallClock.match(line).hasMatch())
            report(i + 1, QStringLiteral("asks the wall clock, which jumps; see core/base/clock.h"));
    }
    if (isSource(path) && lines.size() > kMaxLines && !kLongFiles.contains(path))
        report(0, QStringLiteral("%1 lines, and %2 are allowed").arg(lines.size()).arg(kMaxLines));
    if (isHeader && !lines.contains(QLatin1StringView("#pragma once")))
        report(0, QStringLiteral("a header without #pragma once"));
    return violations;
}

} // namespace sightline
