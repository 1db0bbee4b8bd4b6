#include "app/common/termination_signal.h"
#include "app/server/json_log.h"
#include "core/conference/conference_server.h"
#include "core/conference/conference_store.h"
#include "core/conference/server_certificate.h"
#include "core/conference/server_options.h"

#include <QCoreApplication>

#include <cstdio>

using namespace sightline;

namespace {

// Exit codes of design.md, 6.
constexpr int kDone = 0;
constexpr int kWrongUsage = 2;
constexpr int kCannotServe = 4;

int fail(int code, const QString& sentence)
{
    std::fprintf(stderr, "sightline-server: %s\n", qPrintable(sentence));
    return code;
}

void print(const QString& line)
{
    std::fprintf(stdout, "%s\n", qPrintable(line));
    std::fflush(stdout);
}

int checkConfiguration(const ServerOptions& options)
{
    if (!options.certificateFile.isEmpty()) {
        const auto certificate = ServerCertificate::load(options.certificateFile, options.keyFile);
        if (!certificate)
            return fail(kWrongUsage, certificate.error().toString());
        if (!certificate->notice().isEmpty())
            fail(kDone, certificate->notice());
    }
    for (const auto& secret :
        {readSecret(options.c3pSecretFile, kC3pSecretSize), readSecret(options.turnSecretFile, 1)}) {
        if (!secret)
            return fail(kWrongUsage, secret.error().toString());
    }
    print(QStringLiteral("the configuration is good"));
    return kDone;
}

int printAuditLog(const ServerCommand& command)
{
    const QString file = ConferenceStore::fileIn(command.options.dataDirectory);
    const auto entries = ConferenceStore::auditLog(file, command.auditedMeeting);
    if (!entries)
        return fail(kWrongUsage, entries.error().toString());
    for (const AuditEntry& entry : *entries)
        print(QStringList{entry.time.toString(Qt::ISODateWithMs), entry.meetingId, entry.event,
            entry.displayName, entry.entity, entry.detail}
                  .join(QLatin1Char('\t')));
    return kDone;
}

int serve(const ServerOptions& options)
{
    if (options.isLoggedAsJson)
        logAsJson();
    TerminationSignal termination;
    QObject::connect(&termination, &TerminationSignal::received, qApp, &QCoreApplication::quit);
    const auto server = ConferenceServer::start(options);
    if (!server) {
        const QString advice = server.error().code() == ErrorCode::PortInUse
            ? QStringLiteral("; choose another one with --listen ADDRESS:PORT")
            : QString();
        return fail(kCannotServe, server.error().toString() + advice);
    }
    // Scripts wait for this line and read the address from it.
    print(QStringLiteral("ready %1 fp=%2")
              .arg((*server)->baseUrl().toString(), QString::fromLatin1((*server)->fingerprint().toHex())));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("sightline-server"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SIGHTLINE_VERSION));
    const auto command = ServerCommand::parse(QCoreApplication::arguments().mid(1));
    if (!command)
        return fail(kWrongUsage, command.error().toString());
    switch (command->action) {
    case ServerCommand::Action::ShowHelp:
        print(ServerCommand::helpText().trimmed());
        return kDone;
    case ServerCommand::Action::ShowVersion:
        print(QStringLiteral("sightline-server " SIGHTLINE_VERSION));
        return kDone;
    case ServerCommand::Action::CheckConfig:
        return checkConfiguration(command->options);
    case ServerCommand::Action::AuditLog:
        return printAuditLog(*command);
    case ServerCommand::Action::Run:
        return serve(command->options);
    }
    return kWrongUsage;
}
