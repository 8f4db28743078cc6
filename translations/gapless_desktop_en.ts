<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>gapless::AdoptSheet</name>
    <message numerus="yes">
        <source>%n site(s) found. Nothing is saved yet.</source>
        <translation>
            <numerusform>%n site found. Nothing is saved yet.</numerusform>
            <numerusform>%n sites found. Nothing is saved yet.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::DecisionSheet</name>
    <message numerus="yes">
        <source>%1 of %n slot(s) serve</source>
        <translation>
            <numerusform>%1 of %n slot serves</numerusform>
            <numerusform>%1 of %n slots serve</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::DeploySheet</name>
    <message numerus="yes">
        <source>%1 to %2, in %n step(s)</source>
        <translation>
            <numerusform>%1 to %2, in %n step</numerusform>
            <numerusform>%1 to %2, in %n steps</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>From %1 to %2, in %n step(s)</source>
        <translation>
            <numerusform>From %1 to %2, in %n step</numerusform>
            <numerusform>From %1 to %2, in %n steps</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::DoctorPane</name>
    <message numerus="yes">
        <source>%n check(s) would refuse a deployment.</source>
        <translation>
            <numerusform>%n check would refuse a deployment.</numerusform>
            <numerusform>%n checks would refuse a deployment.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Ready to deploy, with %n warning(s).</source>
        <translation>
            <numerusform>Ready to deploy, with %n warning.</numerusform>
            <numerusform>Ready to deploy, with %n warnings.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::HistoryPage</name>
    <message numerus="yes">
        <source>%n run(s)</source>
        <translation>
            <numerusform>%n run</numerusform>
            <numerusform>%n runs</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::MainWindow</name>
    <message numerus="yes">
        <source>%n rollout(s) under way</source>
        <translation>
            <numerusform>%n rollout under way</numerusform>
            <numerusform>%n rollouts under way</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::ReleasesPane</name>
    <message numerus="yes">
        <source>%n release(s), as of %1</source>
        <translation>
            <numerusform>%n release, as of %1</numerusform>
            <numerusform>%n releases, as of %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::RollbackDialog</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>gapless::TargetEditor</name>
    <message numerus="yes">
        <source>%n field(s) to be mended.</source>
        <translation>
            <numerusform>%n field to be mended.</numerusform>
            <numerusform>%n fields to be mended.</numerusform>
        </translation>
    </message>
</context>
</TS>
