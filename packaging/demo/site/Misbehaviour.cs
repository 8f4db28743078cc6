// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;

namespace Chat;

/// <summary>The ways in which an image can be bad. Each is one that a rollout must notice or survive.</summary>
public static partial class Misbehaviour
{
    [LibraryImport("libc", EntryPoint = "_exit")]
    private static partial void ExitNow(int code);

    private static PosixSignalRegistration? s_onTerminate;
    private static int s_requests;

    /// <summary>Crashes, or boots slowly: what happens before anything listens.</summary>
    public static void BeforeBoot(Release release)
    {
        if (release.Behaviour == "crash")
        {
            Console.Error.WriteLine("chat: fatal: the configuration names a database that does not exist");
            Environment.Exit(3);
        }
        Thread.Sleep(TimeSpan.FromSeconds(release.BootSeconds));
    }

    /// <summary>Replaces what the host does at SIGTERM, for the images that ignore it or do not drain.</summary>
    public static void OnTerminate(Release release, IServiceCollection services)
    {
        if (release.Behaviour is not ("ignore-sigterm" or "exit-at-once"))
            return;
        services.AddSingleton<IHostLifetime, NoLifetime>();
        s_onTerminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            if (release.Behaviour == "exit-at-once")
                ExitNow(0);
        });
    }

    /// <summary>Answers wrongly or never, or dies once it has been healthy for a while.</summary>
    public static void WhileRunning(Release release, WebApplication app)
    {
        if (release.Behaviour == "dies")
            app.Lifetime.ApplicationStarted.Register(() => new Thread(() =>
            {
                Thread.Sleep(TimeSpan.FromSeconds(release.DiesAfterSeconds));
                Console.Error.WriteLine("chat: fatal: out of luck");
                ExitNow(4);
            }) { IsBackground = true }.Start());

        app.Use(async (context, next) =>
        {
            var isHealth = context.Request.Path == "/" || context.Request.Path == "/health";
            switch (release.Behaviour)
            {
            case "unhealthy" when isHealth:
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsync("database: connection refused\n");
                return;
            case "hang" when isHealth:
                await Task.Delay(Timeout.Infinite, context.RequestAborted)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            case "flaky" when IsPage(context.Request.Path) && Interlocked.Increment(ref s_requests) % 5 == 0:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                return;
            }
            await next(context);
        });
    }

    /// <summary>What no health check asks for: it finds nothing wrong with such an image.</summary>
    private static bool IsPage(PathString path) =>
        !path.StartsWithSegments("/health") && !path.StartsWithSegments("/UpdateHub");

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken token) => Task.CompletedTask;
        public Task StopAsync(CancellationToken token) => Task.CompletedTask;
    }
}
