// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace Chat;

/// <summary>What this image is and how it misbehaves (<c>release.json</c>, the only file in which the images differ),
/// and which slot runs it (the container's environment).</summary>
public sealed record Release(string Version, string Slot, string Behaviour, int BootSeconds, int DiesAfterSeconds)
{
    private sealed record Baked(string Version, string Behaviour);

    /// <summary>Reads <c>release.json</c> beside the program. The environment may override the behaviour
    /// (CHAT_BEHAVIOUR) and its times (CHAT_BOOT_SECONDS, CHAT_DIES_AFTER_SECONDS).</summary>
    public static Release Load()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "release.json");
        var baked = File.Exists(path)
            ? JsonSerializer.Deserialize<Baked>(File.ReadAllText(path), JsonSerializerOptions.Web)!
            : new Baked("development", "normal");
        var behaviour = Environment.GetEnvironmentVariable("CHAT_BEHAVIOUR") ?? baked.Behaviour;
        return new Release(
            baked.Version,
            Environment.GetEnvironmentVariable("SLOT") ?? "?",
            behaviour,
            Seconds("CHAT_BOOT_SECONDS", behaviour == "slow" ? 5 : 0),
            Seconds("CHAT_DIES_AFTER_SECONDS", 4));
    }

    private static int Seconds(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), out var seconds) ? seconds : otherwise;
}
