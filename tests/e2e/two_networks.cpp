#include "tests/e2e/two_networks.h"

namespace sightline {

std::unique_ptr<TwoNetworks> TwoNetworks::create()
{
    std::unique_ptr<TwoNetworks> networks(new TwoNetworks);
    return networks->setUp() ? std::move(networks) : nullptr;
}

TwoNetworks::~TwoNetworks()
{
    for (QProcess& holder : m_holders) {
        holder.closeWriteChannel(); // `cat` ends, and says nothing of having been killed
        if (!holder.waitForFinished(5000))
            holder.kill();
    }
}

bool TwoNetworks::setUp()
{
    if (!hold(0, QStringLiteral("unshare"), {QStringLiteral("-Urn"), QStringLiteral("cat")}))
        return false;
    QStringList second = prefix(0);
    second.removeAll(QStringLiteral("-n")); // in the same user namespace, but with a network of its own
    second += {QStringLiteral("unshare"), QStringLiteral("-n"), QStringLiteral("cat")};
    const QString program = second.takeFirst();
    if (!hold(1, program, second))
        return false;
    const QByteArray link
        = "link add cable type veth peer name cable netns " + QByteArray::number(m_holders[1].processId());
    if (!ip(0, link.constData()))
        return false;
    return ip(0, "addr add 10.77.0.1/24 dev cable") && ip(1, "addr add 10.77.0.2/24 dev cable")
        && ip(0, "link set lo up") && ip(1, "link set lo up") && ip(0, "link set cable up")
        && ip(1, "link set cable up");
}

/// The echo of one line says that the namespace is there.
bool TwoNetworks::hold(int side, const QString& program, const QStringList& arguments)
{
    QProcess& holder = m_holders[static_cast<std::size_t>(side)];
    holder.start(program, arguments);
    holder.write("there\n");
    return holder.waitForReadyRead(5000) && holder.readLine() == "there\n";
}

QStringList TwoNetworks::prefix(int side) const
{
    const qint64 pid = m_holders[static_cast<std::size_t>(side)].processId();
    return {QStringLiteral("nsenter"), QStringLiteral("-t"), QString::number(pid), QStringLiteral("-U"),
        QStringLiteral("-n"), QStringLiteral("--preserve-credentials")};
}

bool TwoNetworks::ip(int side, const char* arguments) const
{
    QStringList line = prefix(side);
    line.append(QStringLiteral("ip"));
    line += QString::fromLatin1(arguments).split(QLatin1Char(' '));
    const QString program = line.takeFirst();
    QProcess process;
    process.start(program, line);
    return process.waitForFinished(5000) && process.exitStatus() == QProcess::NormalExit
        && process.exitCode() == 0;
}

} // namespace sightline
