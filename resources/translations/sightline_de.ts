<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ErrorText</name>
    <message>
        <source>Something went wrong inside Sightline.</source>
        <translation>In Sightline ist ein Fehler aufgetreten.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, please report it.</source>
        <translation>Versuchen Sie es noch einmal; tritt es wieder auf, melden Sie es bitte.</translation>
    </message>
    <message>
        <source>That request does not make sense.</source>
        <translation>Diese Anfrage ergibt keinen Sinn.</translation>
    </message>
    <message>
        <source>Check what you entered and try again.</source>
        <translation>Prüfen Sie Ihre Eingabe und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>That is not a meeting link.</source>
        <translation>Das ist kein Besprechungslink.</translation>
    </message>
    <message>
        <source>Copy the whole link again, from “sightline:” or “https:” to its end.</source>
        <translation>Kopieren Sie den ganzen Link noch einmal, von „sightline:“ oder „https:“ bis zum Ende.</translation>
    </message>
    <message>
        <source>The other side sent something unreadable.</source>
        <translation>Die Gegenseite hat etwas Unlesbares gesendet.</translation>
    </message>
    <message>
        <source>Check that both sides use the newest version, and try again.</source>
        <translation>Prüfen Sie, ob beide Seiten die neueste Version verwenden, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The other side sent more than is allowed.</source>
        <translation>Die Gegenseite hat mehr gesendet als erlaubt ist.</translation>
    </message>
    <message>
        <source>Try again; a shorter name may help.</source>
        <translation>Versuchen Sie es noch einmal; ein kürzerer Name kann helfen.</translation>
    </message>
    <message>
        <source>The other side sent something unknown.</source>
        <translation>Die Gegenseite hat etwas Unbekanntes gesendet.</translation>
    </message>
    <message>
        <source>Update Sightline on both sides and try again.</source>
        <translation>Aktualisieren Sie Sightline auf beiden Seiten und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This version and the server&apos;s do not understand each other.</source>
        <translation>Diese Version und die des Servers verstehen einander nicht.</translation>
    </message>
    <message>
        <source>Update the older one of the two.</source>
        <translation>Aktualisieren Sie die ältere der beiden.</translation>
    </message>
    <message>
        <source>This meeting does not exist, or is over.</source>
        <translation>Diese Besprechung gibt es nicht, oder sie ist vorbei.</translation>
    </message>
    <message>
        <source>Ask for a new link.</source>
        <translation>Bitten Sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>You are not allowed to do that here.</source>
        <translation>Das dürfen Sie hier nicht.</translation>
    </message>
    <message>
        <source>Ask the organizer of the meeting for the right to do it.</source>
        <translation>Bitten Sie den Organisator der Besprechung um das Recht dazu.</translation>
    </message>
    <message>
        <source>The other person declined.</source>
        <translation>Die andere Person hat abgelehnt.</translation>
    </message>
    <message>
        <source>Ask them, and try again when they are ready.</source>
        <translation>Fragen Sie nach, und versuchen Sie es noch einmal, wenn sie bereit ist.</translation>
    </message>
    <message>
        <source>The other person already shares with somebody.</source>
        <translation>Die andere Person teilt bereits mit jemandem.</translation>
    </message>
    <message>
        <source>Try again when they have finished.</source>
        <translation>Versuchen Sie es noch einmal, wenn sie fertig ist.</translation>
    </message>
    <message>
        <source>That was too often in a short time.</source>
        <translation>Das war zu oft in kurzer Zeit.</translation>
    </message>
    <message>
        <source>Wait a few seconds, and try again.</source>
        <translation>Warten Sie ein paar Sekunden und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The other side has stopped or left.</source>
        <translation>Die Gegenseite hat aufgehört oder ist gegangen.</translation>
    </message>
    <message>
        <source>Nothing more will be shown until they share again.</source>
        <translation>Es wird nichts mehr gezeigt, bis sie wieder teilt.</translation>
    </message>
    <message>
        <source>There was no answer in time.</source>
        <translation>Es kam keine rechtzeitige Antwort.</translation>
    </message>
    <message>
        <source>Check that the other side is online, and try again.</source>
        <translation>Prüfen Sie, ob die Gegenseite online ist, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The server cannot be reached.</source>
        <translation>Der Server ist nicht erreichbar.</translation>
    </message>
    <message>
        <source>Check your network connection and the address in the link.</source>
        <translation>Prüfen Sie Ihre Netzwerkverbindung und die Adresse im Link.</translation>
    </message>
    <message>
        <source>No secure connection to the server is possible.</source>
        <translation>Eine sichere Verbindung zum Server ist nicht möglich.</translation>
    </message>
    <message>
        <source>Check this computer&apos;s date and time, and ask for a new link.</source>
        <translation>Prüfen Sie Datum und Uhrzeit dieses Computers, und bitten Sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>The server is not the one that the link was made for.</source>
        <translation>Der Server ist nicht der, für den der Link gemacht wurde.</translation>
    </message>
    <message>
        <source>Do not go on: somebody may be in between. Ask for a new link.</source>
        <translation>Machen Sie nicht weiter: Jemand könnte sich dazwischen befinden. Bitten Sie um einen neuen Link.</translation>
    </message>
    <message>
        <source>The two computers cannot reach each other.</source>
        <translation>Die beiden Computer können einander nicht erreichen.</translation>
    </message>
    <message>
        <source>A firewall may be in the way; try another network.</source>
        <translation>Vielleicht ist eine Firewall im Weg; versuchen Sie ein anderes Netz.</translation>
    </message>
    <message>
        <source>No encrypted connection between the two computers came about.</source>
        <translation>Zwischen den beiden Computern kam keine verschlüsselte Verbindung zustande.</translation>
    </message>
    <message>
        <source>Try again; if it happens again, try another network.</source>
        <translation>Versuchen Sie es noch einmal; tritt es wieder auf, versuchen Sie ein anderes Netz.</translation>
    </message>
    <message>
        <source>The other computer is not the one that was announced.</source>
        <translation>Der andere Computer ist nicht der, der angekündigt war.</translation>
    </message>
    <message>
        <source>Do not go on: somebody may be in between. Start a new meeting.</source>
        <translation>Machen Sie nicht weiter: Jemand könnte sich dazwischen befinden. Beginnen Sie eine neue Besprechung.</translation>
    </message>
    <message>
        <source>The connection was lost.</source>
        <translation>Die Verbindung ist abgebrochen.</translation>
    </message>
    <message>
        <source>Check the network on both sides, and connect again.</source>
        <translation>Prüfen Sie das Netz auf beiden Seiten, und verbinden Sie sich noch einmal.</translation>
    </message>
    <message>
        <source>The sharing session broke off.</source>
        <translation>Die Übertragung ist abgebrochen.</translation>
    </message>
    <message>
        <source>Start sharing again.</source>
        <translation>Beginnen Sie noch einmal zu teilen.</translation>
    </message>
    <message>
        <source>The screen cannot be read.</source>
        <translation>Der Bildschirm kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Choose another monitor, or the whole desktop.</source>
        <translation>Wählen Sie einen anderen Monitor oder den ganzen Desktop.</translation>
    </message>
    <message>
        <source>There is no display to show or to share.</source>
        <translation>Es gibt keinen Bildschirm zum Anzeigen oder Teilen.</translation>
    </message>
    <message>
        <source>Start Sightline from within a desktop session.</source>
        <translation>Starten Sie Sightline aus einer Desktop-Sitzung heraus.</translation>
    </message>
    <message>
        <source>Another program uses the server&apos;s port.</source>
        <translation>Ein anderes Programm benutzt den Port des Servers.</translation>
    </message>
    <message>
        <source>Close that program, or choose another port.</source>
        <translation>Beenden Sie dieses Programm, oder wählen Sie einen anderen Port.</translation>
    </message>
    <message>
        <source>A file cannot be read or written.</source>
        <translation>Eine Datei kann nicht gelesen oder geschrieben werden.</translation>
    </message>
    <message>
        <source>Check the free space and your rights in that folder.</source>
        <translation>Prüfen Sie den freien Platz und Ihre Rechte in diesem Ordner.</translation>
    </message>
    <message>
        <source>You stopped it.</source>
        <translation>Sie haben es beendet.</translation>
    </message>
    <message>
        <source>Start again whenever you like.</source>
        <translation>Beginnen Sie wieder, wann Sie möchten.</translation>
    </message>
    <message>
        <source>That is not the meeting&apos;s passcode.</source>
        <translation>Das ist nicht der Kenncode der Besprechung.</translation>
    </message>
    <message>
        <source>Ask the organizer for the passcode, and try again.</source>
        <translation>Fragen Sie den Organisator nach dem Kenncode, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The meeting is locked: nobody new can join.</source>
        <translation>Die Besprechung ist geschlossen: Niemand kann mehr dazukommen.</translation>
    </message>
    <message>
        <source>Ask somebody who is in it to unlock it.</source>
        <translation>Bitten Sie jemanden, der darin ist, sie zu öffnen.</translation>
    </message>
    <message>
        <source>Somebody else shares now, so your sharing has ended (21000).</source>
        <translation>Jetzt gibt jemand anderes frei, daher ist Ihre Freigabe beendet (21000).</translation>
    </message>
    <message>
        <source>You can share again when they have finished.</source>
        <translation>Sie können wieder freigeben, wenn er fertig ist.</translation>
    </message>
    <message>
        <source>A presenter has taken you out of the meeting.</source>
        <translation>Ein Referent hat Sie aus der Besprechung entfernt.</translation>
    </message>
    <message>
        <source>Ask the organizer if you think that this was a mistake.</source>
        <translation>Fragen Sie den Organisator, wenn Sie das für ein Versehen halten.</translation>
    </message>
    <message>
        <source>The picture comes another way now.</source>
        <translation>Das Bild kommt jetzt auf einem anderen Weg.</translation>
    </message>
    <message>
        <source>There is nothing to do.</source>
        <translation>Sie brauchen nichts zu tun.</translation>
    </message>
    <message>
        <source>A presenter has ended the sharing.</source>
        <translation>Ein Referent hat die Freigabe beendet.</translation>
    </message>
    <message>
        <source>Ask the organizer of the meeting before you share again.</source>
        <translation>Fragen Sie den Organisator der Besprechung, bevor Sie wieder freigeben.</translation>
    </message>
    <message>
        <source>The window to be shared is not there any more.</source>
        <translation>Das Fenster, das geteilt werden soll, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Share another window, or the desktop.</source>
        <translation>Teilen Sie ein anderes Fenster oder den Desktop.</translation>
    </message>
</context>
<context>
    <name>HotkeyText</name>
    <message>
        <source>Another program uses %1, so these keys do not take control back. Choose others in the settings, or end the other program&apos;s use of them.</source>
        <translation>Ein anderes Programm benutzt %1, deshalb nehmen diese Tasten die Steuerung nicht zurück. Wählen Sie andere in den Einstellungen, oder geben Sie sie im anderen Programm frei.</translation>
    </message>
    <message>
        <source>This keyboard does not have the keys %1. Choose others in the settings.</source>
        <translation>Diese Tastatur hat die Tasten %1 nicht. Wählen Sie andere in den Einstellungen.</translation>
    </message>
</context>
<context>
    <name>MonitorNames</name>
    <message>
        <source>top left</source>
        <translation>oben links</translation>
    </message>
    <message>
        <source>top</source>
        <translation>oben</translation>
    </message>
    <message>
        <source>top right</source>
        <translation>oben rechts</translation>
    </message>
    <message>
        <source>left</source>
        <translation>links</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>right</source>
        <translation>rechts</translation>
    </message>
    <message>
        <source>bottom left</source>
        <translation>unten links</translation>
    </message>
    <message>
        <source>bottom</source>
        <translation>unten</translation>
    </message>
    <message>
        <source>bottom right</source>
        <translation>unten rechts</translation>
    </message>
    <message>
        <source>Monitor %1</source>
        <translation>Monitor %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>monitor and its place</comment>
        <translation>%1 (%2)</translation>
    </message>
</context>
<context>
    <name>NamesText</name>
    <message>
        <source>somebody</source>
        <translation>jemand</translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1 und %2</translation>
    </message>
    <message>
        <source>%1, %2 and one more</source>
        <translation>%1, %2 und noch jemand</translation>
    </message>
    <message>
        <source>%1, %2 and %3 others</source>
        <translation>%1, %2 und %3 weitere</translation>
    </message>
</context>
<context>
    <name>QObject</name>
    <message>
        <source>Desktop sharing of %1</source>
        <translation>Desktopfreigabe von %1</translation>
    </message>
</context>
<context>
    <name>ShareFrame</name>
    <message>
        <source>Frame around what is shared</source>
        <translation>Rahmen um das, was geteilt wird</translation>
    </message>
</context>
<context>
    <name>StatusText</name>
    <message>
        <source>Through a relay</source>
        <translation>Über ein Relais</translation>
    </message>
    <message>
        <source>Direct</source>
        <translation>Direkt</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>path and protocol</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>TCP</source>
        <translation>TCP</translation>
    </message>
    <message>
        <source>UDP</source>
        <translation>UDP</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 frames/s</source>
        <translation>%1 Bilder/s</translation>
    </message>
    <message>
        <source>%1 kbit/s</source>
        <translation>%1 kbit/s</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>Server</translation>
    </message>
</context>
<context>
    <name>ViewerNotice</name>
    <message>
        <source>%1 has stopped sharing.</source>
        <translation>%1 hat die Freigabe beendet.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Waiting for somebody to share</source>
        <translation>Warten, bis jemand teilt</translation>
    </message>
    <message>
        <source>Nobody shares a desktop in this meeting yet.</source>
        <translation>In dieser Besprechung teilt noch niemand einen Desktop.</translation>
    </message>
    <message>
        <source>Waiting to be let in</source>
        <translation>Warten auf Einlass</translation>
    </message>
    <message>
        <source>%1 was asked whether you may see the desktop.</source>
        <translation>%1 wurde gefragt, ob Sie den Desktop sehen dürfen.</translation>
    </message>
    <message>
        <source>%1 shares the desktop with you</source>
        <translation>%1 teilt den Desktop mit Ihnen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
    <message>
        <source>Connecting to the desktop of %1…</source>
        <translation>Verbindung zum Desktop von %1 …</translation>
    </message>
    <message>
        <source>Connecting to the meeting…</source>
        <translation>Verbindung zur Besprechung …</translation>
    </message>
    <message>
        <source>the other side</source>
        <translation>der Gegenseite</translation>
    </message>
    <message>
        <source>Sharing is paused</source>
        <translation>Die Freigabe ist angehalten</translation>
    </message>
    <message>
        <source>%1 has paused sharing</source>
        <translation>%1 hat die Freigabe angehalten</translation>
    </message>
    <message>
        <source>The picture moves again when sharing goes on.</source>
        <translation>Das Bild bewegt sich wieder, sobald die Freigabe weitergeht.</translation>
    </message>
    <message>
        <source>The connection is interrupted</source>
        <translation>Die Verbindung ist unterbrochen</translation>
    </message>
    <message>
        <source>Trying to reach %1 again. The picture goes on by itself.</source>
        <translation>Es wird versucht, %1 wieder zu erreichen. Das Bild geht von selbst weiter.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Waiting in the lobby</source>
        <translation>Warten in der Lobby</translation>
    </message>
    <message>
        <source>Somebody in the meeting lets you in, or not.</source>
        <translation>Jemand in der Besprechung lässt Sie herein oder nicht.</translation>
    </message>
</context>
<context>
    <name>sightline::Banner</name>
    <message>
        <source>Dismiss</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Dismiss this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
</context>
<context>
    <name>sightline::ControlBanners</name>
    <message>
        <source>Nobody is given control of this desktop: it is switched off, or impossible here.</source>
        <translation>Niemand bekommt die Steuerung dieses Desktops: Sie ist ausgeschaltet oder hier nicht möglich.</translation>
    </message>
    <message>
        <source>Nobody controls your desktop: it takes no input from Sightline. Viewing goes on.</source>
        <translation>Niemand steuert Ihren Desktop: Er nimmt keine Eingaben von Sightline an. Zu sehen ist er weiterhin.</translation>
    </message>
    <message>
        <source>%1 asks for control of your desktop.</source>
        <translation>%1 möchte Ihren Desktop steuern.</translation>
    </message>
    <message>
        <source>Allow</source>
        <translation>Erlauben</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>Ablehnen</translation>
    </message>
</context>
<context>
    <name>sightline::DebugOverlay</name>
    <message>
        <source>How the picture came about</source>
        <translation>Wie das Bild zustande kam</translation>
    </message>
    <message>
        <source>decoding a frame: %1 ms at most</source>
        <translation>ein Bild dekodieren: höchstens %1 ms</translation>
    </message>
    <message>
        <source>%1: %2 areas, %3 kB</source>
        <comment>a codec, in the last second</comment>
        <translation>%1: %2 Flächen, %3 kB</translation>
    </message>
</context>
<context>
    <name>sightline::DesktopApp</name>
    <message>
        <source>The settings cannot be read from %1. The usual ones hold.</source>
        <translation>Die Einstellungen in %1 können nicht gelesen werden. Es gelten die üblichen.</translation>
    </message>
    <message>
        <source>Some settings could not be read. The old file was kept as %1.</source>
        <translation>Einige Einstellungen konnten nicht gelesen werden. Die alte Datei wurde als %1 aufgehoben.</translation>
    </message>
    <message>
        <source>The server in the settings is not an address. Choose another one there.</source>
        <translation>Der Server in den Einstellungen ist keine Adresse. Wählen Sie dort einen anderen.</translation>
    </message>
    <message>
        <source>That is not the address of a server. Write for example https://share.example.org:7443.</source>
        <translation>Das ist keine Adresse eines Servers. Schreiben Sie zum Beispiel https://share.example.org:7443.</translation>
    </message>
    <message>
        <source>The settings cannot be saved in %1. They hold until you quit. Check the free space and your rights in that folder.</source>
        <translation>Die Einstellungen können nicht in %1 gespeichert werden. Sie gelten, bis Sie das Programm beenden. Prüfen Sie den freien Platz und Ihre Rechte in diesem Ordner.</translation>
    </message>
</context>
<context>
    <name>sightline::InvitationBanners</name>
    <message>
        <source>%1 has declined.</source>
        <translation>%1 hat abgelehnt.</translation>
    </message>
    <message>
        <source>%1 has not answered.</source>
        <translation>%1 hat nicht geantwortet.</translation>
    </message>
    <message>
        <source>%1 is not there any more.</source>
        <translation>%1 ist nicht mehr da.</translation>
    </message>
    <message>
        <source>%1 is busy with other invitations. Try again in a minute.</source>
        <translation>%1 hat gerade andere Einladungen offen. Versuchen Sie es in einer Minute noch einmal.</translation>
    </message>
    <message>
        <source>This conversation is on another server. Send %1 its link.</source>
        <translation>Diese Unterhaltung läuft auf einem anderen Server. Senden Sie %1 ihren Link.</translation>
    </message>
    <message>
        <source>%1 could not be invited. %2</source>
        <translation>%1 konnte nicht eingeladen werden. %2</translation>
    </message>
    <message>
        <source>%1 invites you to a conversation.</source>
        <translation>%1 lädt Sie zu einer Unterhaltung ein.</translation>
    </message>
    <message>
        <source>%1 invites you to a conversation. To accept ends the one you are in.</source>
        <translation>%1 lädt Sie zu einer Unterhaltung ein. Wenn Sie annehmen, endet die jetzige.</translation>
    </message>
    <message>
        <source>Accept</source>
        <translation>Annehmen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>%1 invited you to a conversation. The invitation is over.</source>
        <translation>%1 hat Sie zu einer Unterhaltung eingeladen. Die Einladung gilt nicht mehr.</translation>
    </message>
    <message>
        <source>Waiting for %1 to answer your invitation…</source>
        <translation>%1 hat Ihre Einladung noch nicht beantwortet …</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>Zurücknehmen</translation>
    </message>
</context>
<context>
    <name>sightline::LobbyPanel</name>
    <message>
        <source>Waiting in the lobby</source>
        <translation>Warten in der Lobby</translation>
    </message>
    <message>
        <source>Let &amp;in</source>
        <translation>&amp;Hereinlassen</translation>
    </message>
    <message>
        <source>Let &amp;all in</source>
        <translation>All&amp;e hereinlassen</translation>
    </message>
    <message>
        <source>&amp;Decline</source>
        <translation>Ab&amp;lehnen</translation>
    </message>
    <message>
        <source>People waiting in the lobby</source>
        <translation>Wer in der Lobby wartet</translation>
    </message>
    <message>
        <source>Let in</source>
        <translation>Hereinlassen</translation>
    </message>
    <message>
        <source>Let all in</source>
        <translation>Alle hereinlassen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
</context>
<context>
    <name>sightline::MainWindow</name>
    <message>
        <source>Sightline</source>
        <translation>Sightline</translation>
    </message>
    <message>
        <source>The server is gone. What you share or see goes on, but nobody can join any more.</source>
        <translation>Der Server ist nicht mehr da. Was Sie teilen oder sehen, geht weiter, aber niemand kann mehr dazukommen.</translation>
    </message>
    <message>
        <source>The other person does not see your desktop any more.</source>
        <translation>Die andere Person sieht Ihren Desktop nicht mehr.</translation>
    </message>
    <message>
        <source>Connecting to the server…</source>
        <translation>Verbindung zum Server …</translation>
    </message>
    <message>
        <source>The server cannot be reached, trying again. What you share or see goes on.</source>
        <translation>Der Server ist nicht zu erreichen, es wird weiter versucht. Was Sie teilen oder sehen, geht weiter.</translation>
    </message>
    <message>
        <source>The two computers cannot reach each other: the picture goes through the server %1.</source>
        <translation>Die beiden Rechner erreichen einander nicht: das Bild geht über den Server %1.</translation>
    </message>
    <message>
        <source>%1 shares now, so your sharing has ended.</source>
        <translation>%1 teilt jetzt, deshalb ist Ihre Freigabe beendet.</translation>
    </message>
    <message>
        <source>%1 shares already. A presenter can take over; ask to become one, or wait.</source>
        <translation>%1 teilt bereits. Wer Referent ist, kann übernehmen; bitten Sie darum oder warten Sie.</translation>
    </message>
    <message>
        <source>You are in the lobby. Somebody in the meeting lets you in, or not.</source>
        <translation>Sie sind in der Lobby. Jemand in der Besprechung lässt Sie herein oder nicht.</translation>
    </message>
</context>
<context>
    <name>sightline::MeetingPage</name>
    <message>
        <source>&amp;Copy link</source>
        <translation>Link &amp;kopieren</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>In the meeting</source>
        <translation>In der Besprechung</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>&amp;Leave the meeting</source>
        <translation>Besprechung &amp;verlassen</translation>
    </message>
    <message>
        <source>Leave the meeting</source>
        <translation>Besprechung verlassen</translation>
    </message>
    <message>
        <source>Link of this meeting</source>
        <translation>Link dieser Besprechung</translation>
    </message>
    <message>
        <source>The link will be here in a moment</source>
        <translation>Der Link erscheint gleich hier</translation>
    </message>
    <message>
        <source>Copy the link of this meeting</source>
        <translation>Link dieser Besprechung kopieren</translation>
    </message>
    <message>
        <source>Invite somebody</source>
        <translation>Jemanden einladen</translation>
    </message>
    <message>
        <source>Whoever opens this link in Sightline comes into the meeting:</source>
        <translation>Wer diesen Link in Sightline öffnet, kommt in die Besprechung:</translation>
    </message>
    <message>
        <source>My desktop</source>
        <translation>Mein Desktop</translation>
    </message>
    <message>
        <source>&amp;Copied</source>
        <translation>&amp;Kopiert</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
<context>
    <name>sightline::MeetingQuestions</name>
    <message>
        <source>%1 wants to see your desktop.</source>
        <translation>%1 möchte Ihren Desktop sehen.</translation>
    </message>
    <message>
        <source>Admit</source>
        <translation>Zulassen</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>Ablehnen</translation>
    </message>
    <message>
        <source>%1 shares the desktop with you.</source>
        <translation>%1 zeigt Ihnen den Desktop.</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansehen</translation>
    </message>
</context>
<context>
    <name>sightline::MessagePane</name>
    <message>
        <source>Se&amp;nd</source>
        <translation>S&amp;enden</translation>
    </message>
    <message>
        <source>Messages</source>
        <translation>Nachrichten</translation>
    </message>
    <message>
        <source>No messages yet</source>
        <translation>Noch keine Nachrichten</translation>
    </message>
    <message>
        <source>Your message</source>
        <translation>Ihre Nachricht</translation>
    </message>
    <message>
        <source>Write a message; Return sends it</source>
        <translation>Nachricht schreiben; die Eingabetaste sendet sie</translation>
    </message>
    <message>
        <source>Send the message</source>
        <translation>Nachricht senden</translation>
    </message>
    <message>
        <source>What is wrong with the message</source>
        <translation>Was an der Nachricht nicht stimmt</translation>
    </message>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (Sie)</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <comment>sender and time of a message</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Not sent: %1</source>
        <translation>Nicht gesendet: %1</translation>
    </message>
    <message>
        <source>The message is too long: make it shorter, or send it in parts.</source>
        <translation>Die Nachricht ist zu lang: Kürzen Sie sie, oder senden Sie sie in Teilen.</translation>
    </message>
</context>
<context>
    <name>sightline::MonitorChooser</name>
    <message>
        <source>Which monitors you see (Ctrl+Alt+Page Down: the next)</source>
        <translation>Welche Monitore Sie sehen (Strg+Alt+Bild ab: der nächste)</translation>
    </message>
    <message>
        <source>Monitors</source>
        <translation>Monitore</translation>
    </message>
    <message>
        <source>All monitors</source>
        <translation>Alle Monitore</translation>
    </message>
    <message>
        <source>&amp;All monitors</source>
        <translation>&amp;Alle Monitore</translation>
    </message>
    <message>
        <source>Monitors: %1</source>
        <translation>Monitore: %1</translation>
    </message>
</context>
<context>
    <name>sightline::NewMeetingDialog</name>
    <message>
        <source>Who joins waits in a &amp;lobby until I let them in</source>
        <translation>Wer beitritt, wartet in einer &amp;Lobby, bis ich hereinlasse</translation>
    </message>
    <message>
        <source>&amp;Everybody in the meeting sees what is shared, without a question</source>
        <translation>&amp;Alle in der Besprechung sehen ohne Nachfrage, was geteilt wird</translation>
    </message>
    <message>
        <source>E&amp;verybody is a presenter, and may share at any time</source>
        <translation>Alle sind &amp;Referenten und dürfen jederzeit teilen</translation>
    </message>
    <message>
        <source>New meeting</source>
        <translation>Neue Besprechung</translation>
    </message>
    <message>
        <source>Subject</source>
        <translation>Thema</translation>
    </message>
    <message>
        <source>What it is about</source>
        <translation>Worum es geht</translation>
    </message>
    <message>
        <source>Passcode</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>None: the link is enough</source>
        <translation>Keines: der Link genügt</translation>
    </message>
    <message>
        <source>&amp;Subject:</source>
        <translation>&amp;Thema:</translation>
    </message>
    <message>
        <source>&amp;Passcode:</source>
        <translation>&amp;Kennwort:</translation>
    </message>
    <message>
        <source>Start the meeting</source>
        <translation>Besprechung beginnen</translation>
    </message>
</context>
<context>
    <name>sightline::Notifier</name>
    <message>
        <source>Sightline</source>
        <translation>Sightline</translation>
    </message>
    <message>
        <source>&amp;Open Sightline</source>
        <translation>Sightline &amp;öffnen</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>%1 wants to see your desktop.</source>
        <translation>%1 möchte Ihren Desktop sehen.</translation>
    </message>
    <message>
        <source>%1 shares the desktop with you.</source>
        <translation>%1 teilt den Desktop mit Ihnen.</translation>
    </message>
    <message>
        <source>%1 invites you to a conversation.</source>
        <translation>%1 lädt Sie zu einer Unterhaltung ein.</translation>
    </message>
    <message>
        <source>%1 has come into the conversation.</source>
        <translation>%1 ist in die Unterhaltung gekommen.</translation>
    </message>
    <message>
        <source>&amp;Stop sharing</source>
        <translation>&amp;Freigabe beenden</translation>
    </message>
</context>
<context>
    <name>sightline::PasscodeDialog</name>
    <message>
        <source>Passcode</source>
        <translation>Kennwort</translation>
    </message>
    <message>
        <source>That is not the passcode of this meeting. Try again:</source>
        <translation>Das ist nicht das Kennwort dieser Besprechung. Versuchen Sie es noch einmal:</translation>
    </message>
    <message>
        <source>This meeting has a passcode. Whoever invited you knows it.</source>
        <translation>Diese Besprechung hat ein Kennwort. Wer Sie eingeladen hat, kennt es.</translation>
    </message>
    <message>
        <source>&amp;Passcode:</source>
        <translation>&amp;Kennwort:</translation>
    </message>
    <message>
        <source>Join</source>
        <translation>Beitreten</translation>
    </message>
</context>
<context>
    <name>sightline::PeoplePanel</name>
    <message>
        <source>You are not signed in.</source>
        <translation>Sie sind nicht angemeldet.</translation>
    </message>
    <message>
        <source>The server cannot be reached. Trying again…</source>
        <translation>Der Server ist nicht erreichbar. Neuer Versuch …</translation>
    </message>
    <message>
        <source>Signing in…</source>
        <translation>Anmeldung …</translation>
    </message>
    <message>
        <source>Nobody else is signed in. Send somebody a link instead.</source>
        <translation>Sonst ist niemand angemeldet. Senden Sie stattdessen jemandem einen Link.</translation>
    </message>
    <message>
        <source>Choose somebody to start a conversation.</source>
        <translation>Wählen Sie jemanden, um eine Unterhaltung zu beginnen.</translation>
    </message>
    <message>
        <source>This server does not show who is signed in. Send somebody a link instead.</source>
        <translation>Dieser Server zeigt nicht, wer angemeldet ist. Senden Sie stattdessen jemandem einen Link.</translation>
    </message>
    <message>
        <source>&amp;People</source>
        <translation>&amp;Personen</translation>
    </message>
    <message>
        <source>How you are signed in</source>
        <translation>Wie Sie angemeldet sind</translation>
    </message>
    <message>
        <source>S&amp;ettings…</source>
        <translation>E&amp;instellungen …</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>sightline::PersonList</name>
    <message>
        <source>%1 – in a conversation</source>
        <translation>%1 – in einer Unterhaltung</translation>
    </message>
    <message>
        <source>%1 – available</source>
        <translation>%1 – verfügbar</translation>
    </message>
    <message>
        <source>People who are signed in</source>
        <translation>Angemeldete Personen</translation>
    </message>
    <message>
        <source>Start a conversation with %1</source>
        <translation>Unterhaltung mit %1 beginnen</translation>
    </message>
</context>
<context>
    <name>sightline::RemoteView</name>
    <message>
        <source>Remote desktop</source>
        <translation>Entfernter Desktop</translation>
    </message>
</context>
<context>
    <name>sightline::RosterActions</name>
    <message>
        <source>&amp;Meeting</source>
        <translation>&amp;Besprechung</translation>
    </message>
    <message>
        <source>What you can do about the chosen person</source>
        <translation>Was Sie mit der gewählten Person tun können</translation>
    </message>
    <message>
        <source>What you can do about the meeting</source>
        <translation>Was Sie mit der Besprechung tun können</translation>
    </message>
    <message>
        <source>&amp;Take back control</source>
        <translation>Steuerung &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Give control</source>
        <translation>Steuerung &amp;geben</translation>
    </message>
    <message>
        <source>Make &amp;attendee</source>
        <translation>Zum &amp;Teilnehmer machen</translation>
    </message>
    <message>
        <source>Make &amp;presenter</source>
        <translation>Zum &amp;Referenten machen</translation>
    </message>
    <message>
        <source>&amp;Never let control</source>
        <translation>&amp;Nie steuern lassen</translation>
    </message>
    <message>
        <source>&amp;Let ask for control</source>
        <translation>Um Steuerung bitten &amp;lassen</translation>
    </message>
    <message>
        <source>&amp;Remove from the meeting</source>
        <translation>Aus der Besprechung &amp;entfernen</translation>
    </message>
    <message>
        <source>&amp;Lock: nobody new comes in</source>
        <translation>&amp;Sperren: niemand Neues kommt herein</translation>
    </message>
    <message>
        <source>Who joins waits in the lo&amp;bby</source>
        <translation>Wer beitritt, wartet in der &amp;Lobby</translation>
    </message>
    <message>
        <source>&amp;Everybody sees what is shared</source>
        <translation>&amp;Alle sehen, was geteilt wird</translation>
    </message>
    <message>
        <source>&amp;Stop the sharing of %1</source>
        <translation>Freigabe von %1 &amp;beenden</translation>
    </message>
    <message>
        <source>End the meeting for &amp;all…</source>
        <translation>Besprechung für alle been&amp;den…</translation>
    </message>
    <message>
        <source>End the meeting</source>
        <translation>Besprechung beenden</translation>
    </message>
    <message>
        <source>End the meeting for everybody? The link does not work any more then.</source>
        <translation>Die Besprechung für alle beenden? Der Link gilt dann nicht mehr.</translation>
    </message>
    <message>
        <source>Pers&amp;on</source>
        <translation>Pers&amp;on</translation>
    </message>
</context>
<context>
    <name>sightline::RosterList</name>
    <message>
        <source>%1 (you)</source>
        <translation>%1 (Sie)</translation>
    </message>
    <message>
        <source>%1 – shares the desktop</source>
        <translation>%1 – teilt den Desktop</translation>
    </message>
    <message>
        <source>%1 – sees the desktop</source>
        <translation>%1 – sieht den Desktop</translation>
    </message>
    <message>
        <source>People in the meeting</source>
        <translation>Personen in der Besprechung</translation>
    </message>
    <message>
        <source>%1, presenter</source>
        <translation>%1, Referent</translation>
    </message>
    <message>
        <source>%1 – controls the desktop</source>
        <translation>%1 – steuert den Desktop</translation>
    </message>
    <message>
        <source>May not control the desktop</source>
        <translation>Darf den Desktop nicht steuern</translation>
    </message>
</context>
<context>
    <name>sightline::SettingsDialog</name>
    <message>
        <source>A server of my &amp;own, on this computer</source>
        <translation>Ein &amp;eigener Server auf diesem Computer</translation>
    </message>
    <message>
        <source>This &amp;server:</source>
        <translation>Dieser &amp;Server:</translation>
    </message>
    <message>
        <source>Start in the &amp;tray, and stay there when the window is closed</source>
        <translation>In der &amp;Taskleiste starten und dort bleiben, wenn das Fenster geschlossen wird</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>Start in the tray</source>
        <translation>In der Taskleiste starten</translation>
    </message>
    <message>
        <source>What is wrong with the settings</source>
        <translation>Was an den Einstellungen nicht stimmt</translation>
    </message>
    <message>
        <source>Your &amp;name:</source>
        <translation>Ihr &amp;Name:</translation>
    </message>
    <message>
        <source>A server of my own</source>
        <translation>Ein eigener Server</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>Ein anderer Server</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>Adresse des Servers</translation>
    </message>
    <message>
        <source>Where others find you</source>
        <translation>Wo andere Sie finden</translation>
    </message>
    <message>
        <source>People who use the same server see each other there.</source>
        <translation>Personen, die denselben Server benutzen, sehen einander dort.</translation>
    </message>
    <message>
        <source>Sa&amp;ve</source>
        <translation>S&amp;peichern</translation>
    </message>
    <message>
        <source>Save the settings</source>
        <translation>Einstellungen speichern</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Others need a name to see you by: enter one.</source>
        <translation>Andere brauchen einen Namen, unter dem sie Sie sehen: Geben Sie einen ein.</translation>
    </message>
    <message>
        <source>What I copy goes to the other &amp;desktop</source>
        <translation>Was ich kopiere, geht an die &amp;Gegenseite</translation>
    </message>
    <message>
        <source>What is copied there comes &amp;here</source>
        <translation>Was dort kopiert wird, kommt &amp;hierher</translation>
    </message>
    <message>
        <source>When somebody asks to control your desktop</source>
        <translation>Wenn jemand Ihren Desktop steuern möchte</translation>
    </message>
    <message>
        <source>As&amp;k me each time</source>
        <translation>&amp;Jedes Mal fragen</translation>
    </message>
    <message>
        <source>Ask before giving control</source>
        <translation>Vor dem Geben der Steuerung fragen</translation>
    </message>
    <message>
        <source>&amp;Give control at once</source>
        <translation>Steuerung sofo&amp;rt geben</translation>
    </message>
    <message>
        <source>Give control at once</source>
        <translation>Steuerung sofort geben</translation>
    </message>
    <message>
        <source>&amp;Refuse</source>
        <translation>A&amp;blehnen</translation>
    </message>
    <message>
        <source>Refuse control</source>
        <translation>Steuerung ablehnen</translation>
    </message>
    <message>
        <source>Send the clipboard</source>
        <translation>Zwischenablage senden</translation>
    </message>
    <message>
        <source>Receive the clipboard</source>
        <translation>Zwischenablage empfangen</translation>
    </message>
    <message>
        <source>Clipboard, while one of you controls the other&apos;s desktop</source>
        <translation>Zwischenablage, während einer den Desktop des anderen steuert</translation>
    </message>
    <message>
        <source>Those keys would be missing elsewhere: hold Ctrl, Alt or Super and press another key.</source>
        <translation>Diese Tasten würden sonst fehlen: Halten Sie Strg, Alt oder Super und drücken Sie eine andere Taste dazu.</translation>
    </message>
    <message>
        <source>Keys that take control back</source>
        <translation>Tasten, die die Steuerung zurücknehmen</translation>
    </message>
    <message>
        <source>Press the keys that you want to use: one of them Ctrl, Alt or Super.</source>
        <translation>Drücken Sie die gewünschten Tasten, eine davon Strg, Alt oder Super.</translation>
    </message>
    <message>
        <source>&amp;Usual keys</source>
        <translation>Üb&amp;liche Tasten</translation>
    </message>
    <message>
        <source>Use the usual keys to take control back</source>
        <translation>Die üblichen Tasten zum Zurücknehmen benutzen</translation>
    </message>
    <message>
        <source>Keys that take control &amp;back at any time:</source>
        <translation>Tasten, die die Steuerung jeder&amp;zeit zurücknehmen:</translation>
    </message>
</context>
<context>
    <name>sightline::ShareBar</name>
    <message>
        <source>Sharing</source>
        <translation>Teilen</translation>
    </message>
    <message>
        <source>Who sees your desktop</source>
        <translation>Wer Ihren Desktop sieht</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Give control</source>
        <translation>Steuerung geben</translation>
    </message>
    <message>
        <source>Next monitor</source>
        <translation>Nächster Bildschirm</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Freigabe beenden</translation>
    </message>
    <message>
        <source>Share one monitor after the other, and all of them</source>
        <translation>Einen Bildschirm nach dem anderen teilen, und alle zusammen</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Freigabe fortsetzen</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Freigabe anhalten</translation>
    </message>
    <message>
        <source>Take back control</source>
        <translation>Steuerung zurücknehmen</translation>
    </message>
</context>
<context>
    <name>sightline::ShareOverlay</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>Paused: %1 sees nothing new</source>
        <translation>Angehalten: %1 sieht nichts Neues</translation>
    </message>
    <message>
        <source>Paused, nobody sees your desktop</source>
        <translation>Angehalten, niemand sieht Ihren Desktop</translation>
    </message>
    <message>
        <source>%1 controls your desktop</source>
        <translation>%1 steuert Ihren Desktop</translation>
    </message>
    <message>
        <source>%1 sees your desktop</source>
        <translation>%1 sieht Ihren Desktop</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindung zu %1 …</translation>
    </message>
    <message>
        <source>Nobody sees your desktop yet</source>
        <translation>Noch sieht niemand Ihren Desktop</translation>
    </message>
    <message>
        <source>Paused: the window is minimised</source>
        <translation>Angehalten: Fenster ist minimiert</translation>
    </message>
    <message>
        <source>Paused: the monitor is unplugged</source>
        <translation>Angehalten: Monitor nicht angeschlossen</translation>
    </message>
    <message>
        <source>%1 controls your desktop, %2 takes it back</source>
        <translation>%1 steuert Ihren Desktop, %2 nimmt die Steuerung zurück</translation>
    </message>
    <message>
        <source>Paused: %1 see nothing new</source>
        <translation>Angehalten: %1 sehen nichts Neues</translation>
    </message>
    <message>
        <source>%1 see your desktop</source>
        <translation>%1 sehen Ihren Desktop</translation>
    </message>
</context>
<context>
    <name>sightline::SharePanel</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>Your desktop is ready to be seen. Nobody sees it yet.</source>
        <translation>Ihr Desktop ist bereit. Noch sieht ihn niemand.</translation>
    </message>
    <message>
        <source>Connecting to %1…</source>
        <translation>Verbindung zu %1 …</translation>
    </message>
    <message>
        <source>%1 sees your desktop.</source>
        <translation>%1 sieht Ihren Desktop.</translation>
    </message>
    <message>
        <source>&amp;Share my desktop</source>
        <translation>Meinen &amp;Desktop teilen</translation>
    </message>
    <message>
        <source>S&amp;top sharing</source>
        <translation>&amp;Freigabe beenden</translation>
    </message>
    <message>
        <source>Share my desktop</source>
        <translation>Meinen Desktop teilen</translation>
    </message>
    <message>
        <source>Stop sharing</source>
        <translation>Freigabe beenden</translation>
    </message>
    <message>
        <source>State of sharing</source>
        <translation>Stand der Freigabe</translation>
    </message>
    <message>
        <source>Security code</source>
        <translation>Sicherheitscode</translation>
    </message>
    <message>
        <source>Security code: %1</source>
        <translation>Sicherheitscode: %1</translation>
    </message>
    <message>
        <source>The connection to %1 is interrupted. Trying again…</source>
        <translation>Die Verbindung zu %1 ist unterbrochen. Es wird weiter versucht…</translation>
    </message>
    <message>
        <source>%1 see your desktop.</source>
        <translation>%1 sehen Ihren Desktop.</translation>
    </message>
    <message>
        <source>Way of the picture</source>
        <translation>Weg des Bildes</translation>
    </message>
</context>
<context>
    <name>sightline::SharePicker</name>
    <message>
        <source>Monitor %1</source>
        <translation>Monitor %1</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>monitor and its name</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>%1, %2 × %3</source>
        <translation>%1, %2 × %3</translation>
    </message>
    <message>
        <source>%1, main</source>
        <translation>%1, Hauptmonitor</translation>
    </message>
    <message>
        <source>Share my desktop</source>
        <translation>Meinen Desktop teilen</translation>
    </message>
    <message>
        <source>What to share</source>
        <translation>Was geteilt wird</translation>
    </message>
    <message>
        <source>&amp;What do you want to show?</source>
        <translation>&amp;Was möchten Sie zeigen?</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Share</source>
        <translation>&amp;Teilen</translation>
    </message>
    <message>
        <source>Share what is selected</source>
        <translation>Auswahl teilen</translation>
    </message>
    <message>
        <source>The whole desktop</source>
        <translation>Der ganze Desktop</translation>
    </message>
</context>
<context>
    <name>sightline::SharerControls</name>
    <message>
        <source>Somebody</source>
        <translation>Jemand</translation>
    </message>
    <message>
        <source>Paused: nothing new of your desktop is shown.</source>
        <translation>Angehalten: Von Ihrem Desktop wird nichts Neues gezeigt.</translation>
    </message>
    <message>
        <source>%1 asks for control.</source>
        <translation>%1 möchte die Steuerung.</translation>
    </message>
    <message>
        <source>State of control</source>
        <translation>Stand der Steuerung</translation>
    </message>
    <message>
        <source>Ta&amp;ke back control</source>
        <translation>Steuerung &amp;zurücknehmen</translation>
    </message>
    <message>
        <source>&amp;Give control</source>
        <translation>Steuerung &amp;geben</translation>
    </message>
    <message>
        <source>Take back control</source>
        <translation>Steuerung zurücknehmen</translation>
    </message>
    <message>
        <source>Give control</source>
        <translation>Steuerung geben</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Anhalten</translation>
    </message>
    <message>
        <source>Resume sharing</source>
        <translation>Freigabe fortsetzen</translation>
    </message>
    <message>
        <source>Pause sharing</source>
        <translation>Freigabe anhalten</translation>
    </message>
    <message>
        <source>Paused: the window is minimised. It is shown again when you restore it.</source>
        <translation>Angehalten: Das Fenster ist minimiert. Es wird wieder gezeigt, wenn Sie es wiederherstellen.</translation>
    </message>
    <message>
        <source>Paused: the monitor is unplugged. It is shown again when it is back.</source>
        <translation>Angehalten: Der Monitor ist nicht angeschlossen. Er wird wieder gezeigt, wenn er zurück ist.</translation>
    </message>
    <message>
        <source>%1 controls your desktop.</source>
        <translation>%1 steuert Ihren Desktop.</translation>
    </message>
    <message>
        <source>%1 controls your desktop. %2 takes control back.</source>
        <translation>%1 steuert Ihren Desktop. %2 nimmt die Steuerung zurück.</translation>
    </message>
</context>
<context>
    <name>sightline::StartPage</name>
    <message>
        <source>Your name</source>
        <translation>Ihr Name</translation>
    </message>
    <message>
        <source>How others see you</source>
        <translation>Wie andere Sie sehen</translation>
    </message>
    <message>
        <source>Your &amp;name:</source>
        <translation>Ihr &amp;Name:</translation>
    </message>
    <message>
        <source>Welcome to Sightline</source>
        <translation>Willkommen bei Sightline</translation>
    </message>
    <message>
        <source>Others see you by the name below. Change it if you like, and continue.</source>
        <translation>Andere sehen Sie unter dem Namen hier unten. Ändern Sie ihn, wenn Sie möchten, und fahren Sie fort.</translation>
    </message>
    <message>
        <source>&amp;Continue</source>
        <translation>&amp;Weiter</translation>
    </message>
    <message>
        <source>Continue with this name</source>
        <translation>Mit diesem Namen weiter</translation>
    </message>
    <message>
        <source>Show my desktop to somebody</source>
        <translation>Jemandem meinen Desktop zeigen</translation>
    </message>
    <message>
        <source>You get a link to send to the other person. Nobody sees anything before you say so.</source>
        <translation>Sie erhalten einen Link, den Sie der anderen Person senden. Niemand sieht etwas, bevor Sie es erlauben.</translation>
    </message>
    <message>
        <source>Meeting link</source>
        <translation>Besprechungslink</translation>
    </message>
    <message>
        <source>sightline://…</source>
        <translation>sightline://…</translation>
    </message>
    <message>
        <source>What is wrong with the link</source>
        <translation>Was an dem Link nicht stimmt</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>&amp;Öffnen</translation>
    </message>
    <message>
        <source>Open the link</source>
        <translation>Link öffnen</translation>
    </message>
    <message>
        <source>See somebody else&apos;s desktop</source>
        <translation>Den Desktop von jemand anderem sehen</translation>
    </message>
    <message>
        <source>Paste the &amp;link that you were sent:</source>
        <translation>Fügen Sie den &amp;Link ein, den Sie erhalten haben:</translation>
    </message>
    <message>
        <source>&amp;Meeting with several people…</source>
        <translation>&amp;Besprechung mit mehreren…</translation>
    </message>
    <message>
        <source>Meeting with several people</source>
        <translation>Besprechung mit mehreren</translation>
    </message>
</context>
<context>
    <name>sightline::StatusLine</name>
    <message>
        <source>Read this code to each other, for example by telephone. When both of you see the same digits, nobody is in between and nobody else can see the picture.</source>
        <translation>Lesen Sie einander diesen Code vor, zum Beispiel am Telefon. Wenn Sie beide dieselben Ziffern sehen, ist niemand dazwischen, und niemand sonst kann das Bild sehen.</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Weg</translation>
    </message>
    <message>
        <source>The way that the picture takes from the other computer to this one.</source>
        <translation>Der Weg, den das Bild vom anderen Computer zu diesem nimmt.</translation>
    </message>
    <message>
        <source>Round trip</source>
        <translation>Umlaufzeit</translation>
    </message>
    <message>
        <source>How long a packet takes there and back.</source>
        <translation>Wie lange ein Paket hin und zurück braucht.</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Bilder pro Sekunde</translation>
    </message>
    <message>
        <source>How often the picture changed in the last second.</source>
        <translation>Wie oft sich das Bild in der letzten Sekunde geändert hat.</translation>
    </message>
    <message>
        <source>Data rate</source>
        <translation>Datenrate</translation>
    </message>
    <message>
        <source>How much data the session used in the last second.</source>
        <translation>Wie viele Daten die Sitzung in der letzten Sekunde gebraucht hat.</translation>
    </message>
    <message>
        <source>Security code</source>
        <translation>Sicherheitscode</translation>
    </message>
    <message>
        <source>Security code: %1</source>
        <translation>Sicherheitscode: %1</translation>
    </message>
    <message>
        <source>Through the server %1, which can read it</source>
        <translation>Über den Server %1, der mitlesen kann</translation>
    </message>
    <message>
        <source>In a meeting of three or more the picture goes through the server, encrypted on each way. Whoever runs that server could see it.</source>
        <translation>In einer Besprechung von drei oder mehr geht das Bild über den Server, auf jedem Weg verschlüsselt. Wer diesen Server betreibt, könnte es sehen.</translation>
    </message>
    <message>
        <source>Way of the picture</source>
        <translation>Weg des Bildes</translation>
    </message>
</context>
<context>
    <name>sightline::ViewerBar</name>
    <message>
        <source>Who shares</source>
        <translation>Wer teilt</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Einpassen</translation>
    </message>
    <message>
        <source>Show all of the desktop, as large as the window allows</source>
        <translation>Den ganzen Desktop zeigen, so groß das Fenster es erlaubt</translation>
    </message>
    <message>
        <source>1:1</source>
        <translation>1:1</translation>
    </message>
    <message>
        <source>Show each pixel as one pixel</source>
        <translation>Jeden Bildpunkt als einen Bildpunkt zeigen</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Use the whole screen (F11)</source>
        <translation>Den ganzen Bildschirm benutzen (F11)</translation>
    </message>
    <message>
        <source>Stop viewing</source>
        <translation>Ansehen beenden</translation>
    </message>
    <message>
        <source>Stop viewing and close this window</source>
        <translation>Ansehen beenden und dieses Fenster schließen</translation>
    </message>
</context>
<context>
    <name>sightline::ViewerControls</name>
    <message>
        <source>The other side</source>
        <translation>Die Gegenseite</translation>
    </message>
    <message>
        <source>%1 was asked for control…</source>
        <translation>%1 wurde um die Steuerung gebeten…</translation>
    </message>
    <message>
        <source>You control this desktop.</source>
        <translation>Sie steuern diesen Desktop.</translation>
    </message>
    <message>
        <source>%1 did not give control.</source>
        <translation>%1 hat die Steuerung nicht gegeben.</translation>
    </message>
    <message>
        <source>%1 took control back.</source>
        <translation>%1 hat die Steuerung zurückgenommen.</translation>
    </message>
    <message>
        <source>State of control</source>
        <translation>Stand der Steuerung</translation>
    </message>
    <message>
        <source>Ask for control</source>
        <translation>Um Steuerung bitten</translation>
    </message>
    <message>
        <source>Ask whether you may use mouse and keyboard there</source>
        <translation>Fragen, ob Sie dort Maus und Tastatur benutzen dürfen</translation>
    </message>
    <message>
        <source>Do not ask any more</source>
        <translation>Nicht mehr fragen</translation>
    </message>
    <message>
        <source>Take the request back</source>
        <translation>Die Bitte zurückziehen</translation>
    </message>
    <message>
        <source>Release control</source>
        <translation>Steuerung abgeben</translation>
    </message>
    <message>
        <source>Only look on from now on</source>
        <translation>Von jetzt an nur zusehen</translation>
    </message>
</context>
<context>
    <name>sightline::ViewerWindow</name>
    <message>
        <source>Shared desktop</source>
        <translation>Geteilter Desktop</translation>
    </message>
    <message>
        <source>Desktop of %1</source>
        <translation>Desktop von %1</translation>
    </message>
    <message>
        <source>%1 – Sightline</source>
        <translation>%1 – Sightline</translation>
    </message>
</context>
<context>
    <name>sightline::ViewingBanners</name>
    <message>
        <source>Waiting for %1 to let you in…</source>
        <translation>%1 muss Sie noch einlassen. Bitte warten…</translation>
    </message>
    <message>
        <source>%1 has not answered yet. You can go on waiting.</source>
        <translation>%1 hat noch nicht geantwortet. Sie können weiter warten.</translation>
    </message>
    <message>
        <source>%1 did not let you in. Ask %1, and open the link again.</source>
        <translation>%1 hat Sie nicht eingelassen. Fragen Sie %1, und öffnen Sie den Link noch einmal.</translation>
    </message>
    <message>
        <source>%1 left before you were let in. You are told when somebody shares.</source>
        <translation>%1 ist gegangen, bevor Sie eingelassen wurden. Sie erfahren es, wenn jemand teilt.</translation>
    </message>
    <message>
        <source>%1 stopped sharing before you were let in. You are told when somebody shares.</source>
        <translation>%1 hat das Teilen beendet, bevor Sie eingelassen wurden. Sie erfahren es, wenn jemand teilt.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
</context>
</TS>
