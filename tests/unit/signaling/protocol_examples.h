#pragma once

#include <QByteArray>
#include <QFile>
#include <QList>

/// The xml blocks of PROTOCOL.md, or of another text beside it, so that the contract and the code cannot
/// drift apart.
inline QList<QByteArray> protocolExamples(const QString& name = QStringLiteral("PROTOCOL.md"))
{
    QFile file(QStringLiteral(QT_TESTCASE_SOURCEDIR "/../../../core/signaling/") + name);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray text = file.readAll();
    QList<QByteArray> examples;
    const QByteArray begin = "```xml\n";
    qsizetype at = 0;
    while ((at = text.indexOf(begin, at)) >= 0) {
        at += begin.size();
        const qsizetype end = text.indexOf("```", at);
        examples.append(text.sliced(at, end - at));
        at = end + 3;
    }
    return examples;
}
