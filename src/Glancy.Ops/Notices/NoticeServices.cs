using Microsoft.Extensions.DependencyInjection;

namespace Glancy.Ops.Notices;

/// <summary>What is said to people.</summary>
internal static class NoticeServices
{
    public static IServiceCollection AddNotices(this IServiceCollection services)
    {
        services.AddSingleton<NoticeBoard>();
        return services;
    }
}
